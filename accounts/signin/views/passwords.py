"""Changing a password, and getting a new one by mail.

Nothing here tells whether an address has an account: not the page, not its words, not its time.
"""

import time
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.encoding import force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest
from accounts.managing.new_password import NewPasswordForm
from accounts.models import User
from accounts.signin import actions, notices
from accounts.signin.guards import signed_in
from accounts.signin.limits import limited, ratelimit, within
from accounts.signin.password_forms import ChangePasswordForm, ForgottenForm
from accounts.signin.tokens import reset_tokens
from audit.acts import Act
from audit.recorder import SYSTEM, record

KEPT = "password_reset"
# Longer than either answer takes: finding somebody and queueing their mail is the slower one.
AT_LEAST = 0.4


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_password(request: SignedInRequest) -> HttpResponse:
    """For whoever has one; others sign in elsewhere."""
    if not request.user.has_usable_password():
        raise Http404
    form = ChangePasswordForm(request.POST or None, user=request.user)
    if form.is_valid():
        actions.change_password(
            user=request.user,
            password=form.cleaned_data["password"],
            by=request.user,
            keep=request,
        )
        messages.success(request, "Your password is changed. You are signed out everywhere else.")
        return redirect("security")
    status = 422 if form.errors else 200
    return render(request, "account/change_password.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@limited("reset")
def ask_for_reset(request: HttpRequest) -> HttpResponse:
    started = time.monotonic()
    form = ForgottenForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "account/forgotten.html", {"form": form}, status=status)
    email = form.cleaned_data["email"]
    if not within(request, "reset_for_one", key=email):
        return ratelimit.respond_429(request)
    _send_link(email)
    time.sleep(max(0.0, started + AT_LEAST - time.monotonic()))
    return redirect("reset_sent")


@transaction.atomic
def _send_link(email: str) -> None:
    """Recorded without the address, which may be nobody's, or a password in the wrong place."""
    user = User.objects.filter(email=email, is_active=True).first()
    if user is not None and user.has_usable_password():
        notices.reset_link(user)
    record(by=SYSTEM, action=Act.PASSWORD_RESET_ASKED, obj=None, organisation=None)


@require_safe
def reset_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "account/reset_sent.html")


def path_of(key: str) -> str | None:
    """The path of a new link for the person with this id; None if they may have none any more.

    Made when the message is sent, so the hour begins then. None of them works once the password
    is changed, once the person has signed in, or once their sessions were ended.
    """
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None or not user.has_usable_password():
        return None
    who = urlsafe_base64_encode(str(user.pk).encode())
    token = reset_tokens.make_token(user)
    return reverse("open_reset", kwargs={"who": who, "token": token})


@require_safe
@limited("reset_link", methods=("GET", "HEAD"))
def open_reset(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """Remember the link, and go on to an address that does not hold it.

    In a session of another name: the one that was there may be known to somebody.
    """
    request.session.cycle_key()
    request.session[KEPT] = [who, token]
    return redirect("new_password")


@require_http_methods(["GET", "HEAD", "POST"])
@limited("reset_link")
def new_password(request: HttpRequest) -> HttpResponse:
    user = _whose(request.session.get(KEPT))
    if user is None:
        return render(request, "account/reset_over.html", status=404)
    form = NewPasswordForm(request.POST or None, user=user)
    if form.is_valid() and _reset(request, form.cleaned_data["password"]):
        request.session.flush()
        messages.success(request, "Your password is changed. Sign in with it now.")
        return redirect("account_login")
    status = 422 if form.errors else 200
    return render(request, "account/new_password.html", {"form": form}, status=status)


@transaction.atomic
def _reset(request: HttpRequest, password: str) -> bool:
    """Whether the link was still good: of two who use it at once, one is too late."""
    user = _whose(request.session.get(KEPT), lock=True)
    if user is not None:
        actions.reset_password(user=user, password=password, by=user)
    return user is not None


def _whose(kept: Any, *, lock: bool = False) -> User | None:
    """Whom a link is for, while it is good."""
    try:
        who, token = kept
        pk = int(force_str(urlsafe_base64_decode(who)))
    except (TypeError, ValueError):
        return None
    people = User.objects.select_for_update(no_key=True) if lock else User.objects.all()
    user = people.filter(pk=pk, is_active=True).first() if pk < 2**63 else None
    good = user is not None and reset_tokens.check_token(user, token)
    return user if good else None
