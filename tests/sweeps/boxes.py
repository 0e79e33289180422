"""The forms of a page, as somebody who fills them in finds them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

ORDINARY = {
    "text": "Plain words",
    "textarea": "Plain words",
    "email": "somebody@school.example",
    "tel": "01632 960123",
    "password": "three plain words together",
    "number": "1",
}
# Texts that must be of a certain kind, by the name of their field.
SPECIAL = {"on": "1 9 2026", "at": "10:00", "due": "1 9 2027", "review_on": "1 9 2027"}
BUTTONS = ("submit", "button", "reset", "image")


@dataclass
class Box:
    """One field. `values` is what would be sent for it, `texts` whether anything can be typed."""

    kind: str
    values: list[str]

    @property
    def typed(self) -> bool:
        return self.kind in ORDINARY


@dataclass
class PageForm:
    """`elsewhere`: where further buttons of it post to."""

    action: str
    method: str
    boxes: dict[str, Box] = field(default_factory=dict)
    elsewhere: list[str] = field(default_factory=list)

    def filled(self) -> dict[str, list[str]]:
        return {name: box.values for name, box in self.boxes.items()}


class Reader(HTMLParser):
    """Reads `forms`, and fills each in: the first choice, ordinary words where words are asked."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self._select = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            method = given.get("method", "get").lower()
            self.forms.append(PageForm(given.get("action", ""), method))
        if not self.forms:
            return
        if tag == "select":
            self._select = name
            self._box(name, "select", [])
        elif tag == "option" and self._select:
            chosen = self.forms[-1].boxes[self._select].values
            if given.get("value") and not chosen:
                chosen.append(given["value"])
        elif tag == "textarea":
            self._box(name, "textarea", [ORDINARY["textarea"]])
        elif tag in ("input", "button"):
            self._input(name, given)
        if "formaction" in given:
            self.forms[-1].elsewhere.append(given["formaction"])

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        if not name:
            return
        if kind in ("radio", "checkbox"):
            if name not in self.forms[-1].boxes:
                self._box(name, kind, [value])
        elif kind in ORDINARY:
            self._box(name, kind, [value or SPECIAL.get(name, ORDINARY[kind])])
        elif kind not in BUTTONS:
            self._box(name, kind, [value])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _box(self, name: str, kind: str, values: list[str]) -> None:
        self.forms[-1].boxes[name] = Box(kind, values)
