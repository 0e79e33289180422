"""Bodies that nobody's browser would send, and some that it would: hypothesis builds them.

A body starts as what the form of the page would send, filled in; then a few things are done to it.
"""

from urllib.parse import quote_from_bytes, quote_plus

from hypothesis import strategies as st

from tests.hostile.html import MARKUP, Form

UNKNOWN = "zzunknown"  # stands in the value of every field that the form does not have
RAW = (b"%00", b"a%00b", b"%ED%A0%80", b"%ED%BF%BF", b"%", b"%zz", b"%u0041", b"%C0%AF", b"%FF%FE")
NUMBERS = (
    *("-1", "0", "1", "2", "9999", "2147483648", "-9223372036854775809", "9" * 30, "9" * 5000),
    *("1e309", "NaN", "Infinity", "1_000", " 1 ", "٣", "0x10", "1.5", "", "½", "²"),
)
DAYS = ("31 2 2026", "1 1 0000", "1 1 99999", "29/02/2025", "31 12 9999", "1 1 1", "24:60", "99:99")
ODD = (
    *(
        "\u202eabc\u202c",
        "e\u0301" * 60,
        "👩‍👩‍👧‍👦" * 20,
        "\ufeff",
        "\u200b",
        "ﷺ" * 100,
        "İ",
        "ß",
        "ﬀ",
    ),
    *("a\r\nBcc: x@school.example\r\n\r\nx", "\x1b[31m", "\u2028", "\x85", "\x7f", "$(id)", "=1+1"),
    *("data:image/png;base64,iVBORw0KGgo=", "QUJD" * 100, "../../etc/passwd", "' OR 1=1 --"),
)
SIZES = (255, 256, 1001, 4000, 4001, 70_000, 263_000)
KEYS = ("__proto__", "id", "owner", "organisation", "is_active", "next", "by", "a[0]", "", "\x00")
MANY = 250  # over DATA_UPLOAD_MAX_NUMBER_FIELDS

markup = st.sampled_from(MARKUP)
typed = st.one_of(
    markup,
    markup,
    st.sampled_from(ODD),
    st.sampled_from(NUMBERS),
    st.sampled_from(DAYS),
    st.text(max_size=30).filter(lambda text: text.isprintable() or not text),
    st.builds(lambda letter, size: letter * size, st.sampled_from("a é👧"), st.sampled_from(SIZES)),
)
values = st.one_of(
    typed.map(lambda text: quote_plus(text).encode()),
    typed.map(lambda text: quote_plus(text).encode()),
    st.sampled_from(RAW),
    st.binary(max_size=20).map(lambda raw: quote_from_bytes(raw).encode()),
    # Nothing escaped at all: but no "&", which would be the next field.
    st.binary(max_size=20).map(lambda raw: raw.replace(b"&", b"")),
)
Pair = tuple[str, bytes]


@st.composite
def bodies(draw: st.DrawFn, form: Form) -> bytes:
    """One urlencoded body for this form."""
    names = [name for name in form.offered if name != "csrfmiddlewaretoken"]
    pairs = [pair for name in names for pair in draw(_likely(form, name))]
    if names:
        pairs = _spoilt(draw, pairs, names)
    for _ in range(draw(st.integers(0, 2))):
        pairs.append((draw(st.sampled_from(KEYS)), UNKNOWN.encode() + draw(values)))
    if draw(st.integers(0, 20)) == 20:
        pairs += [(f"many{number}", b"x") for number in range(MANY)]
    if draw(st.booleans()):
        pairs = draw(st.permutations(pairs))
    return b"&".join(quote_plus(name).encode() + b"=" + value for name, value in pairs)


def _likely(form: Form, name: str) -> st.SearchStrategy[list[Pair]]:
    """What a person would send: what stands there, a choice, or words."""
    offered, sends = form.offered[name], form.sends.get(name, [])
    given = [sends] if any(sends) else []
    chosen = [[value] for value in offered if value] + given
    written = st.one_of(markup, st.sampled_from(("Words", "24 11 2026", "9:30", "a@b.example")))
    likely = st.sampled_from(chosen) if chosen else written.map(lambda text: [text])
    if any(sends) and len(offered) == 1:
        likely = st.just(sends)  # a hidden field, or what was saved before
    return likely.map(lambda some: [(name, quote_plus(value).encode()) for value in some])


def _spoilt(draw: st.DrawFn, pairs: list[Pair], names: list[str]) -> list[Pair]:
    """Some values replaced, some sent twice, some left out."""
    for _ in range(draw(st.integers(0, 3))):
        name, value = draw(st.sampled_from(names)), draw(values)
        how = draw(st.sampled_from(("replaced", "replaced", "twice", "absent")))
        if how != "twice":
            pairs = [pair for pair in pairs if pair[0] != name]
        if how != "absent":
            pairs = [*pairs, (name, value)]
    return pairs
