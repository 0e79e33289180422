"""The page of an invitation: the person chooses a password, and may sign in from then on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.invitations import (
    MARKER,
    InvitationOver,
    accept_with_password,
    invitation_in,
    mark,
    open_invitation,
)
from accounts.managing.new_password import NewPasswordForm
from accounts.models import Invitation
from accounts.signin.limits import limited


@limited("invitation", methods=("GET", "HEAD"))
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Remember the invitation, and go on to an address that does not hold the token.

    So the token is in no referrer, in no history and in no line about a page that went wrong. One
    that is not known goes on likewise: the next page says the same of every link that is over.
    """
    invitation = None if request.user.is_authenticated else open_invitation(token)
    if invitation is not None:
        request.session.cycle_key()  # somebody may know the name that it had
        mark(request.session, invitation)
    else:
        request.session.pop(MARKER, None)
    return redirect("accept_invitation")


@limited("invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return render(request, "accounts/signed_in_already.html")
    invitation = invitation_in(request.session)
    if invitation is None:
        return _over(request)
    posted = request.POST if request.method == "POST" else None
    form = NewPasswordForm(posted, user=invitation.user)
    if form.is_valid():
        return _let_in(request, invitation, form.cleaned_data["password"])
    context = {"form": form, "invitation": invitation, "person": invitation.user}
    status = 422 if form.errors else 200
    return render(request, "accounts/accept.html", context, status=status)


def _let_in(request: HttpRequest, invitation: Invitation, password: str) -> HttpResponse:
    try:
        accept_with_password(invitation=invitation, password=password)
    except InvitationOver:
        return _over(request)
    request.session.flush()
    messages.success(request, "Your password is set. Sign in with it now.")
    return redirect("account_login")


def _over(request: HttpRequest) -> HttpResponse:
    """One page for a link that is unknown, used, withdrawn, replaced or too old."""
    return render(request, "accounts/invitation_over.html", status=404)
