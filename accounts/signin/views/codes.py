"""Recovery codes: for when the telephone is lost. Each works once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest
from accounts.signin import actions
from accounts.signin.factors import recovery_codes_of
from accounts.signin.forms import CANNOT_READ
from accounts.signin.guards import freshly_confirmed
from accounts.signin.secrets import Unreadable
from audit.acts import Act
from audit.recorder import record_read
from web.again import still_told


@require_safe
@freshly_confirmed
def recovery_codes(request: SignedInRequest) -> HttpResponse:
    try:
        codes = _unused(request)
    except Unreadable:
        messages.error(request, CANNOT_READ)
        return redirect("security")
    return render(request, "account/recovery_codes.html", {"codes": codes})


@require_safe
@freshly_confirmed
def download_recovery_codes(request: SignedInRequest) -> HttpResponse:
    try:
        codes = _unused(request)
    except Unreadable as error:
        raise Http404 from error
    response = HttpResponse("\n".join([*codes, ""]), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="recovery-codes.txt"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@freshly_confirmed
def new_recovery_codes(request: SignedInRequest) -> HttpResponse:
    """By GET comes who had to confirm who they are first: the button is where it was."""
    if request.method != "POST":
        return redirect(still_told(request, reverse("recovery_codes")))
    try:
        actions.make_recovery_codes(user=request.user, by=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("security")
    messages.success(request, "These are your new codes. The old ones do not work any more.")
    return redirect("recovery_codes")


def _unused(request: SignedInRequest) -> list[str]:
    """Raises Http404 where there are none, and Unreadable. Looking at them is recorded."""
    found = recovery_codes_of(request.user)
    if found is None:
        raise Http404
    codes: list[str] = found.wrap().get_unused_codes()
    user = request.user
    record_read(by=user, action=Act.RECOVERY_CODES_READ, obj=found, organisation=user.organisation)
    return codes
