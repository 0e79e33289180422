"""To a provider and back, and what comes of it (accounts/signin/openid.py)."""

import requests
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import SignedInRequest
from accounts.invitations import MARKER, InvitationOver, invitation_in, use_invitation
from accounts.models import Invitation, User
from accounts.signin import actions
from accounts.signin.factors import factors_of
from accounts.signin.guards import freshly_confirmed
from accounts.signin.limits import limited
from accounts.signin.openid import Adapter, Provider
from accounts.signin.records import asks_for_second_factor
from audit.acts import Act
from audit.recorder import SYSTEM, record

SIGN_IN, INVITED = "login", "invited"
WITH_FACTOR = "Use your second factor to confirm that it is you."
# What an answer can be that is none: its parsers say so in many ways.
NONSENSE = (KeyError, ValueError, TypeError, AttributeError, requests.RequestException, OAuth2Error)


@require_POST
@limited("provider")
def continue_with(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Where the buttons lead. Whoever is signed in already confirms who they are."""
    provider = _provider(request, provider_id)
    wanted = request.POST.get(REDIRECT_FIELD_NAME, "")
    kept: dict[str, object] = {}
    if get_adapter().is_safe_url(wanted):
        kept["next_url"] = wanted
    invitation = invitation_in(request.session) if "invited" in request.POST else None
    if invitation is not None:
        kept["data"] = {"invitation": invitation.pk}
    if request.user.is_authenticated:
        kept["auth_params"] = {"prompt": "login"}
    process = SIGN_IN if invitation is None else INVITED
    try:
        answer: HttpResponse = provider.redirect(request, process, **kept)
    except NONSENSE:
        return failed(request, provider.name)
    return answer


@require_safe
@limited("provider", methods=("GET", "HEAD"))
def provider_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    provider = _provider(request, provider_id)
    view = OAuth2CallbackView.adapter_view(Adapter(request, provider_id))
    try:
        answer: HttpResponse = view(request)
    except NONSENSE:
        return answer_failed(request, provider.name)
    return answer


def _provider(request: HttpRequest, provider_id: str) -> Provider:
    """Raises Http404 for one that is not configured."""
    try:
        found: Provider = get_social_adapter().get_provider(request, provider=provider_id)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return found


def finish(request: HttpRequest, social: SocialLogin) -> HttpResponse:
    """The provider said who somebody is: what comes of it."""
    if social.state.get("process") == INVITED:
        return _take_up(request, social)
    if not social.is_existing:
        return _refused(request, social)
    if request.user.is_authenticated:
        return _confirmed(request, social)
    return _sign_in(request, social)


def _sign_in(request: HttpRequest, social: SocialLogin) -> HttpResponse:
    record_authentication(request, social.user, "socialaccount", provider=social.account.provider)
    login = Login(user=social.user, redirect_url=social.state.get("next"))
    answer: HttpResponse = perform_login(request, login)
    return answer


def _take_up(request: HttpRequest, social: SocialLogin) -> HttpResponse:
    """The invitation must be the one that was open when they left for the provider."""
    invitation = invitation_in(request.session)
    meant = (social.state.get("data") or {}).get("invitation")
    if invitation is None or invitation.pk != meant or request.user.is_authenticated:
        return _refused(request, social)
    try:
        social.user = _link(invitation, social.account)
    except InvitationOver:
        return _refused(request, social)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("accept_invitation")
    request.session.pop(MARKER, None)
    return _sign_in(request, social)


@transaction.atomic
def _link(invitation: Invitation, account: SocialAccount) -> User:
    user = use_invitation(invitation=invitation, by=invitation.user)
    actions.link_provider(user=user, provider=account.provider, uid=account.uid, by=user)
    return user


@transaction.atomic
def _confirmed(request: HttpRequest, social: SocialLogin) -> HttpResponse:
    user = request.user
    if not user.is_authenticated or user.pk != social.user.pk:
        return _refused(request, social)
    if factors_of(user).exists() and not asks_for_second_factor(social.account.provider):
        record(by=SYSTEM, action=Act.PROVIDER_REFUSED, obj=None, organisation=None)
        messages.info(request, WITH_FACTOR)
        return redirect("confirm_who")
    extra = {"provider": social.account.provider, "reauthenticated": True}
    record_authentication(request, user, "socialaccount", **extra)
    record(by=user, action=Act.WHO_CONFIRMED, obj=user, organisation=user.organisation)
    return redirect(social.state.get("next") or "security")


@transaction.atomic
def _refused(request: HttpRequest, social: SocialLogin) -> HttpResponse:
    """Recorded without a name: who it was, the provider knows and we do not."""
    record(by=SYSTEM, action=Act.PROVIDER_REFUSED, obj=None, organisation=None)
    context = {"provider": social.provider.app.name}
    return render(request, "account/not_linked.html", context, status=403)


@transaction.atomic
def answer_failed(request: HttpRequest, name: str) -> HttpResponse:
    """Recorded like a password that is not right: it may be somebody's forgery."""
    record(by=SYSTEM, action=Act.PROVIDER_REFUSED, obj=None, organisation=None)
    return failed(request, name)


def failed(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "account/provider_failed.html", {"provider": name}, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
@freshly_confirmed
def unlink_provider(request: SignedInRequest, pk: int) -> HttpResponse:
    account = get_object_or_404(SocialAccount, pk=pk, user=request.user)
    refused = None
    if request.method == "POST":
        try:
            actions.unlink_provider(account=account, by=request.user)
        except ValidationError as error:
            refused = error.messages[0]
        else:
            messages.success(request, "It is not linked any more.")
            return redirect("security")
    context = {"account": account, "refused": refused}
    return render(request, "account/unlink.html", context, status=422 if refused else 200)
