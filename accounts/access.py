"""Who may open a page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from accounts.roles import Permission
from web.again import marked

P = ParamSpec("P")


class SignedInRequest(HttpRequest):
    """A request that is known to come from a signed-in person."""

    user: User


def permission_required(
    permission: Permission,
) -> Callable[
    [Callable[Concatenate[SignedInRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """For a view: asks the anonymous to sign in and come back, and refuses (403) who may not.

    After an expired session's POST the person comes back by GET, to the page they posted from.
    Nothing that was posted is kept for somebody who is not signed in; the page says so (web.again).
    """

    def decorate(
        view: Callable[Concatenate[SignedInRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                wanted = request.get_full_path()
                return redirect_to_login(marked(wanted) if request.method == "POST" else wanted)
            if not request.user.may(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return wrapped

    return decorate
