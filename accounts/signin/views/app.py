"""Setting up an authenticator app, and removing a second factor."""

from io import BytesIO

import qrcode
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from accounts.access import SignedInRequest
from accounts.signin import actions
from accounts.signin.factors import LAST, factors_of, must_have_one, recovery_codes_of
from accounts.signin.forms import AppForm, forget_secret, waiting_secret
from accounts.signin.guards import freshly_confirmed


@require_http_methods(["GET", "HEAD", "POST"])
@freshly_confirmed
def set_up_app(request: SignedInRequest) -> HttpResponse:
    if factors_of(request.user).filter(type=Authenticator.Type.TOTP).exists():
        messages.info(request, actions.HAS_APP)
        return redirect("security")
    posted = request.POST if request.method == "POST" else None
    form = AppForm(posted, session=request.session, user=request.user)
    if form.is_valid():
        return _added(request, form.secret)
    # In fours, as people read it out; apps take it with the spaces.
    spelled = " ".join(form.secret[start : start + 4] for start in range(0, len(form.secret), 4))
    status = 422 if form.errors else 200
    return render(request, "account/app.html", {"form": form, "secret": spelled}, status=status)


def _added(request: SignedInRequest, secret: str) -> HttpResponse:
    new_codes = recovery_codes_of(request.user) is None
    try:
        actions.add_app(user=request.user, secret=secret, by=request.user, keep=request)
    except ValidationError as error:
        messages.info(request, error.messages[0])
        return redirect("security")
    forget_secret(request.session)
    messages.success(request, "Your authenticator app is set up.")
    return redirect("recovery_codes" if new_codes else "security")


@require_safe
@freshly_confirmed
def app_picture(request: SignedInRequest) -> HttpResponse:
    """The secret as a QR code: an address of its own, since no page may hold a picture as data."""
    if factors_of(request.user).filter(type=Authenticator.Type.TOTP).exists():
        raise Http404
    address = get_adapter().build_totp_url(request.user, waiting_secret(request.session))
    drawn = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=4).save(drawn)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
@freshly_confirmed
def remove_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """Of the app or of a passkey, one's own: somebody else's is a 404."""
    factor = get_object_or_404(factors_of(request.user), pk=pk)
    is_last = not factors_of(request.user).exclude(pk=pk).exists()
    refused = LAST if is_last and must_have_one(request.user) else None
    if request.method == "POST":
        try:
            actions.remove_factor(factor=factor, by=request.user)
        except ValidationError as error:
            refused = error.messages[0]
        else:
            messages.success(request, "It is removed.")
            return redirect("security")
    context = {"factor": factor, "is_last": is_last, "refused": refused}
    status = 422 if request.method == "POST" else 200
    return render(request, "account/remove_factor.html", context, status=status)
