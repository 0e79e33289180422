"""The one Markdown renderer. Its output is the only text the product marks safe.

CommonMark without raw HTML and without images. Links go to http, https, mailto, tel or a path of
this site; anything else stays as the text that was typed.
"""

import re
from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SAFE_LINK = re.compile(r"(?:https?://[^/\\]|mailto:.|tel:.|/(?![/\\]))", re.IGNORECASE)
EXTERNAL_LINK = re.compile(r"https?:", re.IGNORECASE)
CLASSES = {
    "p": "govuk-body",
    "ul": "govuk-list govuk-list--bullet",
    "ol": "govuk-list govuk-list--number",
    "a": "govuk-link",
    "blockquote": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
}


def safe_link(address: str) -> bool:
    """Whether a link may be followed. `address` is as the Markdown parser normalised it."""
    return SAFE_LINK.match(address) is not None


class Parser(MarkdownIt):
    """CommonMark as this product reads it."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False})
        self.disable("image")

    def validateLink(self, url: str) -> bool:
        return safe_link(url)


class Examiner(MarkdownIt):
    """Reads what `Parser` would refuse, so that it can be named to whoever wrote it."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": True})

    def validateLink(self, url: str) -> bool:
        return True


_parser = Parser()
_examiner = Examiner()


def render(text: str, top: int = 3) -> SafeString:
    """HTML with the site's classes. The text's highest heading becomes an h`top`, the rest follow.

    `top` is 2 to 6, so that no text brings a second h1 into a page.
    """
    tokens = _parser.parse(text)
    levels = sorted({token.tag for token in tokens if token.type == "heading_open"})
    headings = {tag: f"h{min(top + depth, 6)}" for depth, tag in enumerate(levels)}
    for token in _flat(tokens):
        if token.tag in headings:
            token.tag = headings[token.tag]
        if token.nesting >= 0:
            _dress(token, large=f"h{top}" if top < 4 else "")
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    return mark_safe(html)  # noqa: S308 - raw HTML is off and every text is escaped above


def plain(text: str) -> str:
    """The text without its markup, for a record that takes plain text only."""
    return "\n".join(_plain_lines(_parser.parse(text))).strip()


def refused(text: str) -> list[str]:
    """What the text holds that `render` would not show as meant, named once each."""
    found: dict[str, None] = {}
    for token in _flat(_examiner.parse(text)):
        if token.type in ("html_block", "html_inline"):
            found["raw HTML"] = None
        if token.type == "image":
            found["an image"] = None
        if token.type == "link_open" and not safe_link(str(token.attrGet("href"))):
            found[f"a link to {token.attrGet('href')!r}, which is refused"] = None
    return list(found)


def _flat(tokens: Sequence[Token]) -> Iterator[Token]:
    """Every token, those inside paragraphs included."""
    for token in tokens:
        yield token
        yield from _flat(token.children or [])


def _dress(token: Token, large: str) -> None:
    """Add the site's class. `large` is the heading to show larger; h4 and below are never."""
    if token.type == "heading_open":
        size = "m" if token.tag == large else "s"
        token.attrSet("class", f"govuk-heading-{size}")
    elif token.tag in CLASSES:
        token.attrSet("class", CLASSES[token.tag])
    if token.type == "link_open" and EXTERNAL_LINK.match(str(token.attrGet("href"))):
        token.attrSet("rel", "noreferrer noopener")


def _plain_lines(tokens: Sequence[Token]) -> Iterator[str]:
    """Blank line between blocks; list items begin with a dash or their number."""
    lists: list[int | None] = []
    mark = ""
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1)
            lists.append(start if token.tag == "ol" else None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
            if not lists:
                yield ""
        elif token.type == "list_item_open":
            mark = "  " * (len(lists) - 1) + ("- " if lists[-1] is None else f"{lists[-1]}. ")
            lists[-1] = None if lists[-1] is None else lists[-1] + 1
        elif token.type == "inline":
            yield mark + _plain_text(token.children or [])
            mark = ""
            if not lists:
                yield ""
        elif token.type in ("fence", "code_block"):
            yield from (token.content.rstrip("\n"), "")


def _plain_text(tokens: Sequence[Token]) -> str:
    """Words alone; a link is followed by its address unless the address is what it says."""
    words: list[str] = []
    start, address = 0, ""
    for token in tokens:
        if token.type == "link_open":
            start, address = len(words), _address_in_words(str(token.attrGet("href")))
        elif token.type == "link_close" and address not in ("", "".join(words[start:])):
            words.append(f" ({address})")
        elif token.type in ("softbreak", "hardbreak"):
            words.append(" " if token.type == "softbreak" else "\n")
        elif token.type in ("text", "code_inline"):
            words.append(token.content)
    return "".join(words)


def _address_in_words(href: str) -> str:
    """What to copy by hand; empty for a path, which leads nowhere outside this site."""
    return "" if href.startswith("/") else re.sub("^(mailto|tel):", "", href, flags=re.IGNORECASE)
