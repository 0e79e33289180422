"""The page for when the database cannot be asked: what was typed is on it, to be sent again.

Nothing here may ask the database, as what other templates can read would. The browser's Back button
would show no page at all now, because pages are not kept by browsers (web/middleware.py); so the
answer itself gives back what was posted.
"""

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.template.loader import render_to_string

from web.noimage.freetext import without_images

RETRY_AFTER = 15  # seconds
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of the field
# Never on a page: what lets somebody in.
SECRET = ("password", "code", "credential", "token")


def is_about_the_database(problem: BaseException | None) -> bool:
    """Whether the database was away, hung, locked or full: not a mistake of the program."""
    return isinstance(problem, OperationalError | InterfaceError)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503, with a button that posts the same again."""
    given = _given(request)
    # What has a space in it was typed, not chosen: whoever must go on without us can copy it.
    typed = [value for _, value in given if " " in value or "\n" in value]
    context = {
        "given": given,
        "typed": typed,
        "posted": request.method == "POST",
        "address": request.get_full_path(),
        "csrf_token": get_token(request),
        **service(),
    }
    response = HttpResponse(render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def service() -> dict[str, str]:
    """What bare.html needs, which its pages are given by hand."""
    return {"service_name": settings.SERVICE_NAME}


def _given(request: HttpRequest) -> list[tuple[str, str]]:
    """What was posted from a page of ours, unless it is a secret.

    Else another site could put its words behind a button here.
    """
    if request.method != "POST" or not _is_ours(request) or _is_secret(request):
        return []
    values = [(name, value) for name, all_of in request.POST.lists() for value in all_of]
    return [(name, without_images(value)[0]) for name, value in values if name != TOKEN]


class _OriginOnly(CsrfViewMiddleware):
    """Says no by a word: its own page of refusal would ask the database."""

    def _reject(self, request: HttpRequest, reason: str) -> str:
        return reason


def _is_ours(request: HttpRequest) -> bool:
    """The failure may have come before Django looked."""
    check = _OriginOnly(lambda request: HttpResponse())
    return check.process_view(request, lambda request: HttpResponse(), (), {}) is None


def _is_secret(request: HttpRequest) -> bool:
    """Whether the page says so itself, as those of signing in do, or a field's name does."""
    if hasattr(request, "sensitive_post_parameters"):
        return True
    return any(word in name for name in request.POST if name != TOKEN for word in SECRET)
