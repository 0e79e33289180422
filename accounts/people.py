"""What a manager does with the organisation's people, and an operator with the service's.

An organisation always keeps a manager who can sign in, and the service an operator. Each action
locks the place first, so that two people cannot end each other's role at the same moment.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.actions import grant_role
from accounts.invitations import refuse_foreign_roles
from accounts.models import Organisation, RoleHeld, User
from accounts.notices import lead_is_back
from accounts.queries import leads
from accounts.roles import Role
from accounts.sessions import end_sessions
from audit.acts import Act
from audit.recorder import Actor, record

KEPT = {
    Role.MANAGER: (
        "This is the only manager who can sign in. An organisation always has one. Make somebody "
        "else a manager first."
    ),
    Role.OPERATOR: (
        "This is the only operator who can sign in. The service always has one. Make somebody else "
        "an operator first."
    ),
}
CLOSED = "This person’s account is closed already."
OPEN = "This person can sign in already."


class Refused(Exception):
    """It cannot be done as things stand. Its text says why, to whoever asked."""


@transaction.atomic
def set_roles(*, user: User, roles: Collection[Role], by: Actor) -> User:
    """Give and take roles until these are held. Raises Refused, and ValidationError as `invite`."""
    refuse_foreign_roles(roles, user.organisation)
    person = _locked(user)
    if not (person.is_active or person.is_invited):
        raise Refused(CLOSED)
    _keep_one(person, roles)
    for role in Role:
        if role in roles:
            grant_role(user=person, role=role, by=by)
        elif role in person.roles:
            _end_role(person, role, by)
    return User.objects.get(pk=person.pk)


@transaction.atomic
def rename_person(*, user: User, name: str, by: Actor) -> User:
    """Raises ValidationError."""
    person = _locked(user)
    person.name = name
    person.full_clean()
    person.save(update_fields=["name"])
    record(by=by, action=Act.USER_RENAMED, obj=person, organisation=person.organisation)
    return person


@transaction.atomic
def deactivate(*, user: User, by: Actor) -> User:
    """Close the account: every live session ends, and nobody can sign in to it. Raises Refused.

    Nothing that they wrote is lost, and their roles stay, should they come back.
    """
    person = _locked(user)
    if not person.is_active:
        raise Refused(CLOSED)
    _keep_one(person, ())
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_sessions(user=person)
    record(by=by, action=Act.USER_DEACTIVATED, obj=person, organisation=person.organisation)
    return person


@transaction.atomic
def reactivate(*, user: User, by: Actor) -> User:
    """Open a closed account again, with the roles and the password it had. Raises Refused."""
    person = _locked(user)
    if person.is_active or person.is_invited:
        raise Refused(OPEN)
    person.is_active = True
    person.save(update_fields=["is_active"])
    lead_is_back(person, by)
    record(by=by, action=Act.USER_REACTIVATED, obj=person, organisation=person.organisation)
    return person


def is_last(user: User, roles: Collection[Role] = ()) -> str:
    """Why it cannot be that `user` holds only `roles` from now on; "" when it can."""
    role = kept_by(user.organisation)
    ends = user.is_active and role in user.roles and role not in roles
    if ends and not active(role, user.organisation).exclude(pk=user.pk).exists():
        return KEPT[role]
    return ""


def is_last_dsl(user: User, roles: Collection[Role] = ()) -> bool:
    """Whether the organisation has no active DSL once `user` holds only `roles`."""
    if user.organisation is None or not user.is_active or Role.DSL not in user.roles - {*roles}:
        return False
    return not leads(user.organisation, Role.DSL).exclude(pk=user.pk).exists()


def active(role: Role, organisation: Organisation | None) -> QuerySet[User]:
    """Those who hold the role there and can sign in."""
    holders = RoleHeld.objects.filter(user=OuterRef("pk"), role=role)
    return User.objects.filter(Exists(holders), is_active=True, organisation=organisation)


def lock_place(organisation: Organisation | None) -> None:
    """One after another, whoever changes the people of an organisation, or of the service.

    "No key": whatever has the audit's lock may look meanwhile whether the row is there.
    """
    if organisation is None:
        rows: QuerySet = active(Role.OPERATOR, None).order_by("pk")
    else:
        rows = Organisation.objects.filter(pk=organisation.pk)
    list(rows.select_for_update(no_key=True))


def _locked(user: User) -> User:
    """The person as they are now. Raises Refused when an invitation was withdrawn meanwhile."""
    lock_place(user.organisation)
    person = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    if person is None:
        raise Refused("This person is not here any more.")
    return person


def kept_by(organisation: Organisation | None) -> Role:
    """The role that somebody always holds there."""
    return Role.OPERATOR if organisation is None else Role.MANAGER


def _keep_one(person: User, roles: Collection[Role]) -> None:
    if why := is_last(person, roles):
        raise Refused(why)


def _end_role(person: User, role: Role, by: Actor) -> None:
    held = RoleHeld.objects.get(user=person, role=role)
    held.ended_at = timezone.now()
    held.save(update_fields=["ended_at"])
    record(by=by, action=Act.ROLE_REVOKED, obj=held, organisation=person.organisation)
