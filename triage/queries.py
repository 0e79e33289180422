"""Scoped reads of drafts: each starts from what the user may see."""

from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Permission
from triage.models import Draft


def own_drafts(user: User) -> QuerySet[Draft]:
    """The user's own drafts, ended ones too: a late click is told what became of it."""
    if not user.may(Permission.START_TRIAGE):
        return Draft.objects.none()
    mine = Draft.objects.filter(owner=user, organisation=user.organisation)
    return mine.select_related("edition")


def open_only(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Those still being answered, most recently saved first."""
    return drafts.filter(submitted_at=None, discarded_at=None).order_by("-saved_at")


def drafts_of_organisation(user: User) -> QuerySet[Draft]:
    """Every draft of the organisation, ended ones too; nothing unless the user may see them."""
    if not user.may(Permission.SEE_ORGANISATION_CASES):
        return Draft.objects.none()
    drafts = Draft.objects.filter(organisation=user.organisation)
    return drafts.select_related("owner", "discarded_by", "edition")
