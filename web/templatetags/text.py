"""Template filters for texts that are written in Markdown."""

from django import template
from django.utils.safestring import SafeString

from web import markdown as renderer

register = template.Library()


@register.filter
def markdown(text: str, top: int = 3) -> SafeString:
    """`{{ item.body|markdown }}`, or `|markdown:2` where its highest heading is to be an h2."""
    return renderer.render(text, top)


@register.filter
def plain(text: str) -> str:
    """The same text without markup. Escaped like any other text."""
    return renderer.plain(text)
