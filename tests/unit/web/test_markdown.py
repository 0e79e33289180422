from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from web.markdown import plain, refused, render

ALLOWED_TAGS = {
    *("p", "ul", "ol", "li", "a", "h2", "h3", "h4", "h5", "h6", "strong", "em"),
    *("blockquote", "hr", "br", "code", "pre"),
}
ALLOWED_ATTRIBUTES = {"class", "href", "rel", "start"}


class Page(HTMLParser):
    """What a browser would make of the HTML: its elements, their attributes, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def links(self) -> list[str | None]:
        return [attributes["href"] for tag, attributes in self.elements if tag == "a"]


def page(text: str) -> Page:
    return Page(render(text))


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "text <b onclick=alert(1)>bold</b>",
    "<!-- comment --> <?php x ?> <![CDATA[ x ]]>",
    "<div>\n\n*inside*\n\n</div>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "![x](https://example.org/x.png)",
    "![x][1]\n\n[1]: https://example.org/x.png",
    "![](data:image/png;base64,AAAA)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "    <script>alert(1)</script>",
    '[x](https://example.org/"onmouseover="alert(1))',
    "[x](https://example.org 'a\" onclick=\"b')",
    "# <script>alert(1)</script>",
    "[<img src=x onerror=alert(1)>](https://example.org)",
    "<https://example.org/?<script>>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_makes_an_element_or_attribute_of_its_own(text: str) -> None:
    for tag, attributes in page(text).elements:
        assert tag in ALLOWED_TAGS
        assert set(attributes) - ALLOWED_ATTRIBUTES <= {"title"}
        assert not str(attributes.get("href", "https:")).startswith(("javascript", "data"))


def test_html_is_shown_as_the_text_that_was_typed() -> None:
    shown = page("<script>alert('x')</script> & <b>bold</b>")
    assert shown.words.strip() == "<script>alert('x')</script> & <b>bold</b>"
    assert [tag for tag, _ in shown.elements] == ["p"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "javascript&colon;alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "data:image/png;base64,AAAA",
        "file:///etc/passwd",
        "blob:x",
        "//example.org",
        "\\/\\/example.org",
        "&#47;&#47;example.org",
        "relative",
        "#part",
        "https:example.org",
        "https:///example.org",
        "mailto:",
        "x:https://example.org",
    ],
)
def test_a_link_to_anywhere_else_is_no_link(address: str) -> None:
    assert page(f"[words]({address})").links() == []
    assert "words" in page(f"[words]({address})").words
    assert refused(f"[words]({address})") != []


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.org/a?b=1",
        "http://example.org",
        "mailto:someone@example.org",
        "tel:999",
        "/guidance/",
        "/",
    ],
)
def test_a_link_that_may_be_followed_is_a_link(address: str) -> None:
    assert page(f"[words]({address})").links() == [address]
    assert refused(f"[words]({address})") == []


@pytest.mark.parametrize("address", ["</\t/example.org>", "/\\example.org", "/&Tab;/example.org"])
def test_a_path_stays_on_this_site_whatever_hides_in_it(address: str) -> None:
    """Browsers drop tabs and read a backslash as a slash: none may be left as such."""
    (link,) = page(f"[words]({address})").links()
    assert link is not None
    assert link.startswith("/%")


def test_only_links_that_leave_the_site_say_noreferrer() -> None:
    shown = page("[out](https://example.org) [in](/guidance/) [call](tel:999)")
    rels = [attributes.get("rel") for tag, attributes in shown.elements if tag == "a"]
    assert rels == ["noreferrer noopener", None, None]


def test_elements_carry_the_classes_of_the_site() -> None:
    text = "Words [x](/y)\n\n- a\n\n1. b\n\n> c\n\n---"
    assert [(tag, given.get("class")) for tag, given in page(text).elements] == [
        ("p", "govuk-body"),
        ("a", "govuk-link"),
        ("ul", "govuk-list govuk-list--bullet"),
        ("li", None),
        ("ol", "govuk-list govuk-list--number"),
        ("li", None),
        ("blockquote", "govuk-inset-text"),
        ("p", "govuk-body"),
        ("hr", "govuk-section-break govuk-section-break--m govuk-section-break--visible"),
    ]


@pytest.mark.parametrize(
    ("text", "top", "headings"),
    [
        ("# One", 3, [("h3", "govuk-heading-m")]),
        ("## One", 3, [("h3", "govuk-heading-m")]),
        (
            "## One\n\n### Two\n\n## Three",
            3,
            [("h3", "govuk-heading-m"), ("h4", "govuk-heading-s"), ("h3", "govuk-heading-m")],
        ),
        # A level that is left out is closed up, so that no page jumps from h2 to h4.
        ("# One\n\n#### Two", 2, [("h2", "govuk-heading-m"), ("h3", "govuk-heading-s")]),
        ("# 1\n\n## 2\n\n### 3", 5, [("h5", "govuk-heading-s")] + [("h6", "govuk-heading-s")] * 2),
        ("One\n===", 4, [("h4", "govuk-heading-s")]),
    ],
)
def test_headings_begin_at_the_level_asked_for(
    text: str, top: int, headings: list[tuple[str, str]]
) -> None:
    html = render(text, top)
    found = [(tag, given["class"]) for tag, given in Page(html).elements if tag.startswith("h")]
    assert found == headings
    assert all(f"</{tag}>" in html for tag, _ in headings)


def test_template_tags_are_words_like_any_other() -> None:
    text = "{% load text %}{{ secret }}{% include 'base.html' %}"
    out = Template("{% load text %}{{ body|markdown }}").render(
        Context({"body": text, "secret": "not to be seen"})
    )
    assert Page(out).words.strip() == text


def test_the_filter_takes_the_level_and_is_not_escaped_again() -> None:
    out = Template("{% load text %}{{ body|markdown:2 }}").render(Context({"body": "# A & B"}))
    assert out == '<h2 class="govuk-heading-m">A &amp; B</h2>\n'
    assert isinstance(render("x"), SafeString)


def test_the_plain_filter_is_escaped() -> None:
    out = Template("{% load text %}{{ body|plain }}").render(Context({"body": "*a* <b>"}))
    assert out == "a &lt;b&gt;"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Head\n\nSome *words* and **more**,\nbroken.", "Head\n\nSome words and more, broken."),
        ("One  \ntwo", "One\ntwo"),
        ("- a\n- b\n  - c\n\nEnd", "- a\n- b\n  - c\n\nEnd"),
        ("3. a\n4. b\n\nEnd", "3. a\n4. b\n\nEnd"),
        ("- a\n\n- b", "- a\n- b"),
        ("[the page](https://example.org/a)", "the page (https://example.org/a)"),
        ("<https://example.org/a>", "https://example.org/a"),
        ("[call](tel:999), <a@example.org>", "call (999), a@example.org"),
        ("[here](/guidance/)", "here"),
        ("`code`\n\n```\nblock\n```", "code\n\nblock"),
        ("> said", "said"),
        ("a &amp; <b>", "a & <b>"),
        ("", ""),
    ],
)
def test_plain_is_the_words_without_the_markup(text: str, expected: str) -> None:
    result = plain(text)
    assert result == expected
    assert not isinstance(result, SafeString)


@pytest.mark.parametrize("text", ["a < b and c > d", "&lt;b&gt;", "`<b>`", "Under 13s & over"])
def test_what_only_looks_like_html_is_not_refused(text: str) -> None:
    assert refused(text) == []


def test_each_refused_thing_is_named_once() -> None:
    assert refused("<b>x</b> ![a](/a) ![b](/b) [c](data:x)") == [
        "raw HTML",
        "an image",
        "a link to 'data:x', which is refused",
    ]
