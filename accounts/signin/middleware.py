"""What no page can forget: how long somebody stays signed in, and the second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.signin import timing
from accounts.signin.factors import factors_of, must_have_one
from accounts.signin.records import provider_took_second_step
from audit.acts import Act
from audit.recorder import record

Next = Callable[[HttpRequest], HttpResponse]
# Asking how long is left is not being there.
ASKING = "time_left"
# Where somebody who still lacks a second factor may go.
SETTING_UP = frozenset(
    {
        "account_logout",
        "sign_out_everywhere",
        "security",
        "set_up_app",
        "app_picture",
        "add_passkey",
        "recovery_codes",
        "download_recovery_codes",
        "confirm_who",
        "continue_with",
        "provider_answer",
        ASKING,
        "healthz",
        "readyz",
    }
)


class TimeLimits:
    """Signs out, on the server, whoever was away too long or has been signed in for too long."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and timing.is_over(request.session):
            _end(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *args: Any) -> None:
        match = request.resolver_match
        if request.user.is_authenticated and match and match.url_name != ASKING:
            timing.touch(request.session)


@transaction.atomic
def _end(request: HttpRequest) -> None:
    user = request.user
    assert user.is_authenticated  # noqa: S101 - the only caller asked
    logout(request)
    record(by=user, action=Act.SESSION_RAN_OUT, obj=user, organisation=user.organisation)


class SecondFactorFirst:
    """Whoever must have a second factor and has none is led to setting one up, from every page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *args: Any) -> HttpResponse | None:
        match = request.resolver_match
        if (match and match.url_name in SETTING_UP) or not lacks_second_factor(request):
            return None
        return redirect("security")


def lacks_second_factor(request: HttpRequest) -> bool:
    user = request.user
    if not user.is_authenticated or not must_have_one(user):
        return False
    return not factors_of(user).exists() and not provider_took_second_step(request)
