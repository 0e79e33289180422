"""Invitations: the only way in. A link lets one person in once, for seven days.

For whoever signs somebody in by other means than a password (OpenID Connect): nobody gets in by
having an e-mail address. The page of an invitation (accounts/managing/invited.py) keeps a marker in
the session. A provider's callback finds the invitation by `invitation_in(request.session)`, and in
one transaction links the provider's account to `invitation.user` and calls
`use_invitation(invitation=..., by=invitation.user)`. Nobody who is not active may be signed in.
"""

import hashlib
import secrets
from collections.abc import Collection
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import urlsafe_base64_encode

from accounts.actions import create_user, grant_role
from accounts.models import Invitation, Organisation, User
from accounts.roles import ROLES, Role
from audit.acts import Act
from audit.recorder import Actor, record
from outbox.actions import Notice, queue
from outbox.actions import withdraw as withdraw_mail
from outbox.links import place
from outbox.text import letter

MARKER = "invitation_id"
LINK = "invitation"  # the kind of the place in a message (outbox/links.py)
TEXT = (
    "You are invited to use this service, which helps staff when a sexual image made by a child "
    "has been shared. Open this link to get in:"
)
FOOT = (
    "The link works once, until {day}. Do not pass it on. If you did not expect it, do not open "
    "it, and ask your manager."
)


class InvitationOver(Exception):
    """It was used, withdrawn or ran out, or the person is not waiting for one any more."""


def open_invitation(token: str) -> Invitation | None:
    """The invitation that a link's token belongs to, while it can be used."""
    return open_invitations().filter(token_hash=_fingerprint(token)).first()


def open_invitations() -> QuerySet[Invitation]:
    live = Invitation.objects.filter(used_at=None, withdrawn_at=None, user__is_invited=True)
    return live.filter(expires_at__gt=timezone.now()).select_related("user__organisation")


def mark(session: SessionBase, invitation: Invitation) -> None:
    """Remember, for somebody not signed in, which invitation's link they opened."""
    session[MARKER] = invitation.pk


def invitation_in(session: SessionBase) -> Invitation | None:
    """The invitation whose link was opened in this session, while it can be used."""
    return open_invitations().filter(pk=session.get(MARKER, 0)).first()


@transaction.atomic
def use_invitation(*, invitation: Invitation, by: Actor) -> User:
    """Let the person in: from now on they may sign in, as who they were invited to be.

    Raises InvitationOver, for whoever comes second among others. How they sign in (a password, an
    account elsewhere) the caller sets in the same transaction.
    """
    user = User.objects.select_for_update(no_key=True).filter(pk=invitation.user_id).first()
    live = open_invitations().filter(pk=invitation.pk).first()
    if user is None or live is None:
        raise InvitationOver
    _end(live, used_at=timezone.now())
    user.is_invited, user.is_active = False, True
    user.save(update_fields=["is_invited", "is_active"])
    record(by=by, action=Act.INVITATION_USED, obj=user, organisation=user.organisation)
    return user


def accept_with_password(*, invitation: Invitation, password: str) -> User:
    """As `use_invitation`, by the person. How good the password is, the form judges."""
    hashed = make_password(password)  # slow on purpose: not while others wait for the audit
    with transaction.atomic():
        user = use_invitation(invitation=invitation, by=invitation.user)
        user.password = hashed
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def invite(
    *, email: str, name: str, roles: Collection[Role], organisation: Organisation | None, by: Actor
) -> Invitation:
    """Make the person, who is let in by a link. Raises ValidationError.

    Within an organisation its own roles alone are given; in none, those of the service.
    """
    refuse_foreign_roles(roles, organisation)
    user = create_user(
        email=email,
        name=name,
        organisation=organisation,
        is_demo=settings.DEMO,  # or `load_demo` would take this for a real database
        invited=True,
        by=by,
    )
    for role in Role:
        if role in roles:
            grant_role(user=user, role=role, by=by)
    return _send(user, by)


@transaction.atomic
def invite_again(*, user: User, by: Actor) -> Invitation:
    """A new link; the old one works no more. Raises InvitationOver."""
    waiting = _waiting(user)
    _end_all(waiting)
    return _send(waiting, by)


@transaction.atomic
def withdraw_invitation(*, user: User, by: Actor) -> None:
    """The link works no more, and the person, who never was here, is taken out again.

    Raises InvitationOver. The audit keeps that there was somebody, by number alone.
    """
    waiting = _waiting(user)
    organisation = waiting.organisation
    _end_all(waiting)
    record(by=by, action=Act.INVITATION_WITHDRAWN, obj=waiting, organisation=organisation)
    waiting.delete()


def refuse_foreign_roles(roles: Collection[Role], organisation: Organisation | None) -> None:
    """Raises ValidationError without a role, or for one that is not held there."""
    inside = organisation is not None
    if not roles or any(ROLES[role].in_organisation != inside for role in roles):
        raise ValidationError({"roles": "Select at least one role that can be given here."})


def path_of(key: str | int) -> str | None:
    """The path of the link of the invitation with this id; None when it is over.

    None, too, when SECRET_KEY was changed since: what it would make now leads nowhere.
    """
    invitation = open_invitations().filter(pk=key).first()
    if invitation is None or _fingerprint(_token(invitation.seed)) != invitation.token_hash:
        return None
    return reverse("open_invitation", kwargs={"token": _token(invitation.seed)})


def _token(seed: str) -> str:
    """32 bytes that nobody can guess who has not both the database and SECRET_KEY."""
    return urlsafe_base64_encode(salted_hmac(__name__, seed, algorithm="sha256").digest())


def _fingerprint(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _waiting(user: User) -> User:
    """The person, locked, while they have not taken up an invitation. Raises InvitationOver."""
    people = User.objects.select_for_update().filter(pk=user.pk, is_invited=True)
    waiting = people.first()
    if waiting is None:
        raise InvitationOver
    return waiting


def _send(user: User, by: Actor) -> Invitation:
    seed, now = secrets.token_hex(32), timezone.now()
    invitation = Invitation.objects.create(
        user=user,
        seed=seed,
        token_hash=_fingerprint(_token(seed)),
        created_at=now,
        expires_at=now + Invitation.VALID_FOR,
        invited_by=by if isinstance(by, User) else None,
    )
    if settings.EMAIL_HOST:  # else whoever invites hands the link over: see link_of
        queue(_notice(invitation))
    record(by=by, action=Act.USER_INVITED, obj=user, organisation=user.organisation)
    return invitation


def _notice(invitation: Invitation) -> Notice:
    day = timezone.localtime(invitation.expires_at)
    foot = FOOT.format(day=f"{day:%-d %B %Y, %H:%M}")
    body = letter(TEXT, place(LINK, invitation.pk), foot)
    return Notice((invitation.user,), "Your invitation", body, _mail_key(invitation))


def _mail_key(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}"


def _end_all(user: User) -> None:
    for invitation in user.invitations.filter(used_at=None, withdrawn_at=None):
        _end(invitation, withdrawn_at=timezone.now())


def _end(invitation: Invitation, **at: Any) -> None:
    """Its link works no more and cannot be made again; the mail, if it still waits, is not sent."""
    Invitation.objects.filter(pk=invitation.pk).update(seed="", **at)
    withdraw_mail(key=f"{_mail_key(invitation)}:")
