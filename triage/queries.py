"""Scoped reads of drafts: each starts from what the user may see."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Permission
from triage.models import Draft

# An open triage that nobody has saved anything in for so long is put to the safeguarding lead.
UNTOUCHED = timedelta(days=28)


def own_drafts(user: User) -> QuerySet[Draft]:
    """The user's own drafts, ended ones too: a late click is told what became of it.

    Amendments are for safeguarding leads. Of a restricted case's drafts only open amendments are
    here: those of people who are not named on it were ended when it was restricted.
    """
    if not user.may(Permission.START_TRIAGE):
        return Draft.objects.none()
    mine = _owned_by(user)
    if not user.may(Permission.SEE_ORGANISATION_CASES):
        return mine.filter(amends="", restricted=False)
    open_amendment = ~Q(amends="") & Q(submitted_at=None, discarded_at=None)
    return mine.filter(Q(restricted=False) | open_amendment)


def _owned_by(user: User) -> QuerySet[Draft]:
    mine = Draft.objects.filter(owner=user, organisation=user.organisation)
    return mine.select_related("edition")


def submittable(user: User) -> QuerySet[Draft]:
    """What the user may press "submit" for: a second click on an amendment of a restricted case
    too. Whoever saves it asks whether they may still see that case."""
    own = own_drafts(user)
    if not user.may(Permission.SEE_ORGANISATION_CASES):
        return own
    mine = _owned_by(user)
    return own | mine.filter(~Q(amends="") & Q(submitted_at__isnull=False))


def own_triages(user: User) -> QuerySet[Draft]:
    """The user's own drafts that are to become cases, not ended."""
    return open_only(own_drafts(user)).filter(amends="")


def own_amendments(user: User, case: str = "") -> QuerySet[Draft]:
    """The user's own drafts that change the answers of a case (of this one), not ended."""
    mine = open_only(own_drafts(user)).exclude(amends="")
    return mine.filter(amends=case) if case else mine


def open_only(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Those still being answered, most recently saved first."""
    return drafts.filter(submitted_at=None, discarded_at=None).order_by("-saved_at")


def drafts_of_organisation(user: User) -> QuerySet[Draft]:
    """Every draft of the organisation, ended ones too; nothing unless the user may see them.

    An amendment is its owner's alone while it is open, and the case's once it is saved: of those
    only discarded ones are here. Drafts of a restricted case are not: the case itself has it all.
    """
    if not user.may(Permission.SEE_ORGANISATION_CASES):
        return Draft.objects.none()
    drafts = Draft.objects.filter(organisation=user.organisation, restricted=False)
    drafts = drafts.filter(Q(amends="") | Q(discarded_at__isnull=False))
    return drafts.select_related("owner", "discarded_by", "edition")


def untouched(drafts: QuerySet[Draft], now: datetime | None = None) -> QuerySet[Draft]:
    """Of these, the open triages that nobody goes on with, the longest left first.

    A change of a case's answers is none: the case has all that it began with.
    """
    before = (now or timezone.now()) - UNTOUCHED
    return open_only(drafts).filter(amends="", saved_at__lte=before).order_by("saved_at", "pk")


def is_untouched(draft: Draft) -> bool:
    """The same of one that was read already."""
    return draft.is_open and not draft.amends and draft.saved_at <= timezone.now() - UNTOUCHED
