"""What a browser would make of an answer: the forms in it, and whether anything planted came alive.

`MARKUP` is what is planted in every text. Whoever shows it must show its letters.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

TAG, ATTRIBUTE, SUM = "zz-planted", "zzplanted", "zzq6180zzq"
MARKUP = (
    f"<{TAG}>x</{TAG}>",
    f"'\"><{TAG} {ATTRIBUTE}=1>",
    f'" {ATTRIBUTE}="1" x="',
    f"' {ATTRIBUTE}='1' x='",
    f"</textarea></title></script><{TAG}>",
    f"<!-- --><script {ATTRIBUTE}>{ATTRIBUTE}()</script>",
    f"<svg/{ATTRIBUTE}=1><img src=x {ATTRIBUTE}=1>",
    "zzq{{ 6173|add:7 }}zzq {% now 'Y' %} {% include 'base.html' %} {# x #}",
    f"&lt;{TAG}&gt; &#60;{TAG}&#62;",
    f"[x](javascript:{ATTRIBUTE}) <javascript:{ATTRIBUTE}> ![x](https://{TAG}.example/x.png)",
)
# The letters of something planted, as text.
LETTERS = (f"<{TAG}", f"{ATTRIBUTE}", "{{ 6173|add:7 }}")


@dataclass
class Form:
    """One form: where its buttons post; by field, what the page offers and what it would send."""

    actions: list[str]
    method: str
    offered: dict[str, list[str]] = field(default_factory=dict)
    sends: dict[str, list[str]] = field(default_factory=dict)

    def offer(self, name: str, value: str, chosen: bool) -> None:
        self.offered.setdefault(name, []).append(value)
        if chosen:
            self.sends.setdefault(name, []).append(value)


class Page(HTMLParser):
    """`forms`; `alive`: what planted markup became; `words`: all text, that of boxes too.

    `queries`: what stands after the "?" of its links, and the fields of forms that are read by GET.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.alive: list[str] = []
        self.queries: set[str] = set()
        self.words = ""
        self._select = self._textarea = ""
        self.feed(html)
        self.close()
        for form in self.forms:
            self.queries |= form.offered.keys() if form.method == "get" else set()
        if SUM in self.words:
            self.alive.append("a template tag")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look_for_planted(tag, given)
        self.queries |= parse_qs(urlsplit(given.get("href", "")).query).keys()
        if tag == "form":
            self.forms.append(Form([given.get("action", "")], given.get("method", "get").lower()))
        elif self.forms:
            self._field(tag, given)

    def _look_for_planted(self, tag: str, given: dict[str, str]) -> None:
        if tag == TAG or ATTRIBUTE in given:
            self.alive.append(f"<{tag} {given}>")
        if tag == "script" and not given.get("src", "").startswith("/"):
            self.alive.append("a script of its own")
        for name in ("href", "src", "action", "formaction"):
            if given.get(name, "").strip().lower().startswith(("javascript:", "data:", "//")):
                self.alive.append(f"{name}={given[name]}")
        self.words += " ".join(given.values()) + " "

    def _field(self, tag: str, given: dict[str, str]) -> None:
        form, name = self.forms[-1], given.get("name", "")
        if "formaction" in given:
            form.actions.append(given["formaction"])
        if tag in ("select", "textarea"):
            self._select = name if tag == "select" else ""
            self._textarea = name if tag == "textarea" else ""
            form.offered.setdefault(name, [])
        elif tag == "option" and self._select:
            form.offer(self._select, given.get("value", ""), "selected" in given)
        elif tag in ("input", "button") and name:
            ticked = given.get("type") not in ("radio", "checkbox") or "checked" in given
            form.offer(name, given.get("value", ""), ticked)

    def handle_data(self, data: str) -> None:
        self.words += data
        if self._textarea:
            self.forms[-1].offer(self._textarea, data.removeprefix("\n"), True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        if tag == "select":
            self._select = ""


def shows_letters(page: Page) -> bool:
    return any(letters in page.words for letters in LETTERS)
