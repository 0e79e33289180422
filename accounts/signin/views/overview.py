"""How somebody signs in, on one page; and signing out everywhere."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest
from accounts.signin import actions
from accounts.signin.factors import factors_of, must_have_one, recovery_codes_of
from accounts.signin.guards import signed_in
from accounts.signin.middleware import lacks_second_factor
from accounts.signin.openid import linked_to


@require_safe
@signed_in
def security(request: SignedInRequest) -> HttpResponse:
    user, factors = request.user, list(factors_of(request.user))
    context = {
        "app": next((each for each in factors if each.type == each.Type.TOTP), None),
        "passkeys": [each.wrap() for each in factors if each.type == each.Type.WEBAUTHN],
        "codes": recovery_codes_of(user),
        "must_have_one": must_have_one(user),
        "lacks_one": lacks_second_factor(request),
        "linked": linked_to(user),
        "has_password": user.has_usable_password(),
    }
    return render(request, "account/security.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        return render(request, "account/sign_out_everywhere.html")
    actions.sign_out_everywhere(user=request.user, by=request.user)
    request.session.flush()
    messages.success(request, "You have signed out everywhere.")
    return redirect("account_login")
