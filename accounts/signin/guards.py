"""Pages about one's own account: for whoever is signed in, and some for who just showed it.

Nobody may change something there often.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.access import SignedInRequest
from accounts.signin.limits import ratelimit, within
from accounts.signin.records import showed_who_they_are_lately
from web.again import marked

P = ParamSpec("P")
View = Callable[Concatenate[SignedInRequest, P], HttpResponseBase]
Guarded = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def signed_in(view: View[P]) -> Guarded[P]:
    """Asks the anonymous to sign in and come back."""
    return _guarded(view, fresh=False)


def freshly_confirmed(view: View[P]) -> Guarded[P]:
    """As `signed_in`; asks whoever signed in a while ago to confirm who they are, and come back.

    A browser left open for a minute must not be enough to change how somebody signs in.
    """
    return _guarded(view, fresh=True)


def _guarded(view: View[P], *, fresh: bool) -> Guarded[P]:
    @wraps(view)
    def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        address = request.get_full_path()
        wanted = marked(address) if request.method == "POST" else address
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if request.method == "POST" and not within(request, "change"):
            return ratelimit.respond_429(request)
        if fresh and not showed_who_they_are_lately(request):
            return redirect_to_login(wanted, login_url="confirm_who")
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return wrapped
