"""Passkeys: adding one, and signing in with one. The browser's part is frontend/passkeys.js."""

import json
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.models import Login
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from accounts.signin import actions
from accounts.signin.factors import recovery_codes_of
from accounts.signin.forms import NewPasskeyForm, SignInPasskeyForm
from accounts.signin.guards import freshly_confirmed
from accounts.signin.limits import limited
from audit.acts import Act
from audit.recorder import SYSTEM, record


def as_json(options: Any) -> str:
    """What a page tells the browser to ask the passkey. It stands in an attribute, escaped."""
    return json.dumps(options, cls=DjangoJSONEncoder)


@require_http_methods(["GET", "HEAD", "POST"])
@freshly_confirmed
def add_passkey(request: SignedInRequest) -> HttpResponse:
    form = NewPasskeyForm(request.POST or None, user=request.user)
    if form.is_valid():
        return _added(request, form.cleaned_data)
    options = as_json(auth.begin_registration(request.user, passwordless=True))
    status = 422 if form.errors else 200
    context = {"form": form, "options": options}
    return render(request, "account/add_passkey.html", context, status=status)


def _added(request: SignedInRequest, cleaned: dict[str, Any]) -> HttpResponse:
    new_codes = recovery_codes_of(request.user) is None
    actions.add_passkey(
        user=request.user,
        name=cleaned["name"],
        credential=cleaned["credential"],
        by=request.user,
        keep=request,
    )
    messages.success(request, "Your passkey is set up.")
    return redirect("recovery_codes" if new_codes else "security")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("passkey", methods=("GET", "HEAD", "POST"))
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("home")
    wanted = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME) or ""
    safe = wanted if get_adapter().is_safe_url(wanted) else ""
    form = SignInPasskeyForm(request.POST or None)
    if form.is_valid():
        passkey = form.cleaned_data["credential"]
        login = Login(user=passkey.user, redirect_url=safe or None)
        answer: HttpResponse = perform_passwordless_login(request, passkey, login)
        return answer
    if request.method == "POST":
        _record_failure()
    options = as_json(auth.begin_authentication(user=None))
    context = {"form": form, "options": options, "next": safe}
    return render(request, "account/passkey.html", context)


@transaction.atomic
def _record_failure() -> None:
    record(by=SYSTEM, action=Act.SIGN_IN_FAILED, obj=None, organisation=None)
