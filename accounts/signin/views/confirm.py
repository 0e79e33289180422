"""Showing once more who one is, before changing how one signs in."""

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from accounts.signin.factors import factors_of
from accounts.signin.forms import ConfirmCodeForm, ConfirmPasskeyForm, ConfirmPasswordForm
from accounts.signin.guards import signed_in
from accounts.signin.openid import linked_to
from accounts.signin.views.passkeys import as_json
from accounts.signin.views.second_step import record_failure, tell_of_recovery_code
from audit.acts import Act
from audit.recorder import record

WAYS: dict[str, Callable[..., Form]] = {
    "code": ConfirmCodeForm,
    "credential": ConfirmPasskeyForm,
    "password": ConfirmPasswordForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def confirm_who(request: SignedInRequest) -> HttpResponse:
    """With the second factor by whoever has one; else with the password, or at a provider."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    safe = wanted if get_adapter().is_safe_url(wanted) else ""
    forms = {way: WAYS[way](user=request.user) for way in _ways(request)}
    posted = next((way for way in forms if way in request.POST), None)
    if request.method == "POST" and posted:
        forms[posted] = WAYS[posted](request.POST, user=request.user)
        if forms[posted].is_valid():
            _confirmed(request, posted, forms[posted])
            return redirect(safe or "security")
        if posted != "password":  # of which the adapter keeps a record
            record_failure(request.user)
    context: dict[str, Any] = {"forms": forms, "form": forms.get(posted or ""), "next": safe}
    context["options"] = _options(request) if "credential" in forms else ""
    context["linked"] = linked_to(request.user)
    return render(request, "account/confirm.html", context)


def _ways(request: SignedInRequest) -> list[str]:
    kinds = set(factors_of(request.user).values_list("type", flat=True))
    ways = ["code"] if kinds else []  # recovery codes are there with either
    if Authenticator.Type.WEBAUTHN in kinds:
        ways.append("credential")
    return ways or (["password"] if request.user.has_usable_password() else [])


def _options(request: SignedInRequest) -> str:
    return as_json(auth.begin_authentication(request.user))


@transaction.atomic
def _confirmed(request: SignedInRequest, way: str, form: Any) -> None:
    if way == "password":
        reauthenticate_by_password(request)
    else:
        form.save()
        tell_of_recovery_code(form)
    user = request.user
    record(by=user, action=Act.WHO_CONFIRMED, obj=user, organisation=user.organisation)
