"""One line in the log for each request, and an id by which all of its lines are found."""

import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from web.logs import request_id

HEADER = "X-Request-ID"
# As proxies make them: nothing else, or a sender could put words into our log.
MADE_BY_A_PROXY = re.compile(
    r"[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE
)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}
log = logging.getLogger(__name__)


class RequestLog:
    """The outermost: what refuses a request, or fails, is in its line and under its id, too.

    The line has the pattern of the address, never the address: that holds ids, and in an address
    that leads nowhere anything at all. It has nothing of the query, of headers, of who asked (an
    address on the network and a person's id are about a person; the audit knows who did what).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        own_id = _id_of(request)
        request_id.set(own_id)
        response = self.get_response(request)
        response[HEADER] = own_id
        log.info("request", extra={"fields": _fields(request, response, began)})
        return response


def _id_of(request: HttpRequest) -> str:
    """The proxy's own id if there is a proxy that we trust; else a new one."""
    given = request.headers.get(HEADER, "") if settings.REQUEST_ID_FROM_PROXY else ""
    return given if MADE_BY_A_PROXY.fullmatch(given) else uuid4().hex


def _fields(request: HttpRequest, response: HttpResponse, began: float) -> dict[str, object]:
    return {
        "method": request.method if request.method in METHODS else "other",
        "route": _route(request),
        "status": response.status_code,
        "ms": round((time.perf_counter() - began) * 1000, 1),
    }


def _route(request: HttpRequest) -> str | None:
    """None for an address that leads nowhere, and for what was refused before that was known."""
    if request.resolver_match is not None:
        return request.resolver_match.route
    return "static" if request.path.startswith(settings.STATIC_URL) else None
