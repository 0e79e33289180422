"""Looking up a case that was deleted."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import Permission
from referrals.models import Tombstone
from referrals.reference import as_written


def tombstone_of(user: User, typed: str) -> Tombstone | None:
    """That of the reference that was typed, however it was written."""
    return visible_tombstones(user).filter(reference=as_written(typed)).first()


def visible_tombstones(user: User) -> QuerySet[Tombstone]:
    """What is left of the cases that the user could have seen: of a restricted one, as before, only
    for those who were named on it."""
    if not user.may(Permission.SEE_ORGANISATION_CASES):
        return Tombstone.objects.none()
    named = Tombstone.named.through.objects.filter(tombstone=OuterRef("pk"), user=user)
    mine = Tombstone.objects.filter(organisation=user.organisation)
    return mine.filter(Q(restricted=False) | Exists(named)).select_related("deleted_by")
