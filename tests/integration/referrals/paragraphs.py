"""What a page says, paragraph by paragraph, as somebody reads it."""

from html.parser import HTMLParser

BREAKS = {
    *("address", "br", "dd", "details", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "li", "main", "ol", "p", "section", "summary", "td", "th", "tr", "ul"),
}
VOID = {"br", "hr", "img", "input", "link", "meta"}


class Reader(HTMLParser):
    """Collects the paragraphs of `<main>`, without navigation, buttons and what is hidden.

    A link that leads out of this site is read with its address after it, as on paper.
    """

    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._words: list[str] = []
        self._open: list[tuple[str, bool, str]] = []  # tag, whether it is read, address

    @property
    def _reading(self) -> bool:
        inside = any(tag == "main" for tag, _, _ in self._open)
        return inside and all(read for _, read, _ in self._open)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._break_at(tag)
        if tag in VOID:
            return
        read = tag not in ("button", "nav") and given.get("aria-hidden") != "true"
        address = given.get("href") or ""
        self._open.append((tag, read, address if address.startswith("http") else ""))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        opened, _, address = self._open.pop()
        assert opened == tag
        if address and address not in "".join(self._words):
            self._words.append(f" ({address})")
        self._break_at(tag)

    def handle_data(self, data):
        if self._reading:
            self._words.append(data)

    def _break_at(self, tag):
        if tag in BREAKS:
            text = " ".join("".join(self._words).split())
            self.paragraphs += [text] if text else []
            self._words = []


def paragraphs_of(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    reader.close()
    return reader.paragraphs
