"""How allauth's sign-in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.signin.limits import network_of, within
from audit.acts import Act
from audit.recorder import SYSTEM, record

# One message, whether the address is unknown or the password wrong: it tells a stranger nothing.
NOT_RIGHT = "The e-mail address or the password is not right. Check both and try again."


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up: people are added by their organisation. Every sign-in is recorded."""

    error_messages = {**DefaultAccountAdapter.error_messages, "email_password_mismatch": NOT_RIGHT}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only paths from the root of this site: nothing else is ever needed."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_login_stages(self) -> list[str]:
        """What comes between the password and being signed in."""
        return ["accounts.signin.stages.SecondFactor"]

    def is_ajax(self, request: HttpRequest) -> bool:
        """Sign-in is a page. It answers nobody in JSON, whatever they say they accept."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Too many failed attempts get the same page as too many requests, with its status, 429."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error
        if not within(request, "sign_in_of_one", key=credentials.get("email", "")):
            raise ImmediateHttpResponse(respond_429(request))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Counted for an address and the network it is tried from.

        By the address alone, whoever knows a safeguarding lead's could keep them out at will, by
        guessing wrong. That count is there too, and ten times higher (accounts/signin/limits.py).
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{network_of(self.get_client_ip(request))}"

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Recorded without the address: it may be a password, typed in the wrong place."""
        with transaction.atomic():
            record(by=SYSTEM, action=Act.SIGN_IN_FAILED, obj=None, organisation=None)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """The password was right, so the page may say what is the matter."""
        self.authentication_failed(request)
        return render(request, "account/inactive.html", status=403)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        with transaction.atomic():
            super().login(request, user)
            _record_session(Act.SIGNED_IN, user)

    def logout(self, request: HttpRequest) -> None:
        with transaction.atomic():
            if request.user.is_authenticated:
                _record_session(Act.SIGNED_OUT, request.user)
            super().logout(request)


def _record_session(action: Act, user: AbstractBaseUser) -> None:
    assert isinstance(user, User)  # noqa: S101 - for the type checker: AUTH_USER_MODEL is User
    record(by=user, action=action, obj=user, organisation=user.organisation)
