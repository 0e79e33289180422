"""Everything that changes how somebody signs in. Each tells the person by mail, and is audited."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.sessions import end_sessions
from accounts.signin import notices
from accounts.signin.factors import LAST, factors_of, must_have_one, recovery_codes_of
from accounts.signin.openid import linked_to
from audit.acts import Act
from audit.recorder import Actor, record

HAS_APP = "You have set up an authenticator app already."
LINKED_ALREADY = "That account is linked to somebody here already."
YOURSELF = "You cannot do this for yourself. Ask another manager, or whoever runs the service."
ONLY_WAY = "You have no password, so you could not sign in any more without this."
HAS_NO_FACTOR = "Set up an authenticator app or a passkey first."


@transaction.atomic
def add_app(
    *, user: User, secret: str, by: Actor, keep: HttpRequest | None = None
) -> Authenticator:
    """An authenticator app that makes codes from `secret`. Raises ValidationError for a second.

    With somebody's first factor every session ends but that of `keep`.
    """
    _lock(user)
    if factors_of(user).filter(type=Authenticator.Type.TOTP).exists():
        raise ValidationError(HAS_APP)
    _end_those_without(user, keep)
    return _added(user, TOTP.activate(user, secret).instance, by)


@transaction.atomic
def add_passkey(
    *,
    user: User,
    name: str,
    credential: dict[str, Any],
    by: Actor,
    keep: HttpRequest | None = None,
) -> Authenticator:
    """`credential`: what the browser made, checked by the form. `keep`: as for an app."""
    _lock(user)
    _end_those_without(user, keep)
    return _added(user, WebAuthn.add(user, name, credential).instance, by)


def _end_those_without(user: User, keep: HttpRequest | None) -> None:
    """Whoever signed in by the password alone must not come by a second factor of another."""
    if not factors_of(user).exists():
        end_sessions(user=user, keep=keep)


def _added(user: User, factor: Authenticator, by: Actor) -> Authenticator:
    if recovery_codes_of(user) is None:
        RecoveryCodes.activate(user)
    notices.changed(user, notices.FACTOR_ADDED)
    record(by=by, action=Act.FACTOR_ADDED, obj=factor, organisation=user.organisation)
    return factor


@transaction.atomic
def remove_factor(*, factor: Authenticator, by: Actor) -> None:
    """Raises ValidationError for the last one of somebody who must have one.

    Raises Authenticator.DoesNotExist for one that is gone already. With the last one the recovery
    codes go, too.
    """
    user = _lock(factor.user)
    factor = factors_of(user).get(pk=factor.pk)
    others = factors_of(user).exclude(pk=factor.pk).exists()
    if not others and must_have_one(user):
        raise ValidationError(LAST)
    notices.changed(user, notices.FACTOR_REMOVED)
    record(by=by, action=Act.FACTOR_REMOVED, obj=factor, organisation=user.organisation)
    factor.delete()
    if not others:
        Authenticator.objects.filter(user=user).delete()


@transaction.atomic
def make_recovery_codes(*, user: User, by: Actor) -> Authenticator:
    """New ones; the old ones work no more. Raises ValidationError without a second factor."""
    _lock(user)
    if not factors_of(user).exists():
        raise ValidationError(HAS_NO_FACTOR)
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(user).instance
    notices.changed(user, notices.CODES_MADE)
    record(by=by, action=Act.RECOVERY_CODES_MADE, obj=codes, organisation=user.organisation)
    return codes


@transaction.atomic
def reset_second_factor(*, user: User, by: Actor) -> None:
    """For somebody who lost theirs: all of it goes, and every session. Whoever may, asks for it.

    They sign in with their password next, and set up a new one where they must have one. Raises
    ValidationError for one's own.
    """
    if user == by:
        raise ValidationError(YOURSELF)
    _lock(user)
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    notices.changed(user, notices.FACTORS_RESET)
    record(by=by, action=Act.FACTORS_RESET, obj=user, organisation=user.organisation)


@transaction.atomic
def change_password(*, user: User, password: str, by: Actor, keep: HttpRequest) -> None:
    """Every session ends but that of `keep`. How good the password is, the form judges."""
    _set_password(user, password)
    end_sessions(user=user, keep=keep)
    record(by=by, action=Act.PASSWORD_CHANGED, obj=user, organisation=user.organisation)


@transaction.atomic
def reset_password(*, user: User, password: str, by: Actor) -> None:
    """By somebody who can read the person's mail. A second factor stays what it is."""
    _set_password(user, password)
    end_sessions(user=user)
    record(by=by, action=Act.PASSWORD_RESET, obj=user, organisation=user.organisation)


def _set_password(user: User, password: str) -> None:
    user.set_password(password)
    user.save(update_fields=["password"])
    notices.changed(user, notices.PASSWORD_CHANGED)


@transaction.atomic
def sign_out_everywhere(*, user: User, by: Actor) -> None:
    end_sessions(user=user)
    record(by=by, action=Act.SIGNED_OUT_EVERYWHERE, obj=user, organisation=user.organisation)


def _lock(user: User) -> User:
    """Two requests at once would each see a factor that the other one is removing."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


@transaction.atomic
def link_provider(*, user: User, provider: str, uid: str, by: Actor) -> SocialAccount:
    """Raises ValidationError for an account elsewhere that is somebody's already."""
    account, made = SocialAccount.objects.get_or_create(
        provider=provider, uid=uid, defaults={"user": user}
    )
    if not made:
        raise ValidationError(LINKED_ALREADY)
    notices.changed(user, notices.LINKED)
    record(by=by, action=Act.PROVIDER_LINKED, obj=account, organisation=user.organisation)
    return account


@transaction.atomic
def unlink_provider(*, account: SocialAccount, by: Actor) -> None:
    """Raises ValidationError for the only way in that somebody has."""
    user = _lock(account.user)
    others = [other for other in linked_to(user) if other["pk"] != account.pk]
    if not (user.has_usable_password() or others):
        raise ValidationError(ONLY_WAY)
    notices.changed(user, notices.UNLINKED)
    record(by=by, action=Act.PROVIDER_UNLINKED, obj=account, organisation=user.organisation)
    account.delete()
