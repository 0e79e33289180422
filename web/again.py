"""Telling people that what they posted was lost, because their session had ended.

Nothing posted without a session is kept. So the address they come back to carries a mark, and every
page (templates/includes/messages.html) says so where its address has it. The mark says nothing
else, and no session is written: opening a page writes nothing.
"""

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, QueryDict

MARK = "again"


def signed_in_again(request: HttpRequest) -> bool:
    """Whether the page is opened after something was posted to it without a session."""
    return request.method in ("GET", "HEAD") and request.GET.get(MARK) == "1"


def marked(address: str) -> str:
    """The address with the mark, once."""
    parts = urlsplit(address)
    query = QueryDict(parts.query, mutable=True)
    query[MARK] = "1"
    return urlunsplit(parts._replace(query=query.urlencode()))


def still_told(request: HttpRequest, address: str) -> str:
    """Where a page leads on to instead: that page says it then."""
    return marked(address) if signed_in_again(request) else address
