"""Refuses, ahead of everything else, any request body that could carry a file.

Django's CSRF check parses the body, so a refusal in a view would come after an upload had been
read. This runs first and reads nothing: it looks at the headers alone.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

FORM = "application/x-www-form-urlencoded"


class RefuseUploads:
    """Lets in plain form posts alone; answers 415 to every other kind of body, on every URL."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if has_body(request) and not is_plain_form(request):
            return render(request, "415.html", status=415)
        return self.get_response(request)


def has_body(request: HttpRequest) -> bool:
    """Whether the client announces a body, by length, by chunks or by naming a type for one."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    reads = request.method in ("GET", "HEAD", "OPTIONS")
    names_a_type = bool(request.META.get("CONTENT_TYPE"))
    chunked = "HTTP_TRANSFER_ENCODING" in request.META
    return length != "0" or chunked or (names_a_type and not reads)


def is_plain_form(request: HttpRequest) -> bool:
    """Whether the body is one urlencoded form, of known length and not compressed."""
    return (
        request.method == "POST"
        and request.content_type == FORM
        and "HTTP_TRANSFER_ENCODING" not in request.META
        and "HTTP_CONTENT_ENCODING" not in request.META
    )
