"""Deleting a case for good, once a person has confirmed it. What is left is its tombstone.

The order matters: the database lets no row go before the tombstone stands (`guards` in apps.py).
"""

from collections.abc import Collection
from itertools import combinations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.acts import Act
from audit.recorder import record
from referrals import alerts
from referrals.chronology import lock_case
from referrals.models import (
    Case,
    Comparison,
    DeletedBecause,
    Event,
    Identity,
    KnownPerson,
    Status,
    Tombstone,
)
from referrals.retention.actions import held
from referrals.retention.dates import retention_of, rule_of
from referrals.states import NotNow
from triage.models import Draft

CLOSE_FIRST = "Only a closed case can be deleted. Close this case first."
HELD = "This case is on legal hold, so it cannot be deleted. Lift the hold first, with a reason."
NOT_YET = "This case is still to be kept: its time for review has not come."
BY_WAY = "Both were linked with a case that has been deleted since."


def why_not_delete(case: Case) -> str:
    """Why a case cannot be deleted as it stands; nothing where it can."""
    if case.status != Status.CLOSED:
        return CLOSE_FIRST
    if held(case):
        return HELD
    due = retention_of(case, rule_of(case.organisation)).is_due
    return "" if due else NOT_YET


@transaction.atomic
def delete_case(*, case: Case, reason: DeletedBecause, seen: int, by: User) -> Tombstone:
    """Delete a closed case whose retention has ended, and all that was kept of it.

    Raises Changed and NotNow. The audit keeps its rows: they name no person of the case.
    """
    current = lock_case(case, seen=seen, by=by)
    if refused := why_not_delete(current):
        raise NotNow(refused)
    tombstone = Tombstone.objects.create(
        case_id=current.pk,
        reference=current.reference,
        organisation=current.organisation,
        basis=current.retention_basis,
        counted=rule_of(current.organisation).counted(current.retention_basis),
        reason=reason,
        deleted_at=timezone.now(),
        deleted_by=by,
        restricted=current.restricted,
    )
    tombstone.named.set(current.named.all())
    erase(current)
    record(by=by, action=Act.CASE_DELETED, obj=current, organisation=current.organisation)
    return tombstone


def erase(case: Case) -> None:
    """Take out every row of a locked case. Its tombstone must be there already."""
    alerts.forget(case)
    cards = list(Identity.objects.filter(case=case))
    _erase_comparisons(cards, carry_over=not case.restricted)
    Identity.objects.filter(case=case).delete()
    KnownPerson.objects.filter(organisation=case.organisation, identities=None).delete()
    _erase_events(case)
    case.recommendations.all().delete()
    case.assessments.all().delete()
    drafts = drafts_of(case)
    # By a query, so that `case` still knows its id: the audit is to name it.
    ids = list(drafts.values_list("pk", flat=True))
    Case.objects.filter(pk=case.pk).delete()
    Draft.objects.filter(pk__in=ids).delete()


def drafts_of(case: Case) -> QuerySet[Draft]:
    """The draft that it was made from, and every one that changed its answers or was to."""
    return Draft.objects.filter(Q(pk=case.draft_id) | Q(amends=case.reference))


def _erase_events(case: Case) -> None:
    """Those first that nothing points back to: an entry cannot go before what is about it."""
    events = Event.objects.filter(case=case)
    while events.filter(later=None).delete()[0]:
        continue


def comparisons_of(cards: Collection[Identity]) -> QuerySet[Comparison]:
    return Comparison.objects.filter(Q(one__in=cards) | Q(other__in=cards)).order_by("pk")


def _erase_comparisons(cards: Collection[Identity], *, carry_over: bool) -> None:
    """Cards of other cases that were one person's by way of these stay so.

    Not by way of a restricted case: a link that only those named on it could see would be shown to
    others.
    """
    if carry_over:
        for card in cards:
            _carry_over(card)
    comparisons_of(cards).delete()


def _carry_over(card: Identity) -> None:
    newest = {row.pair: row for row in comparisons_of([card])}
    same = [row for row in newest.values() if row.same]
    for one, other in combinations(same, 2):
        ends = sorted((one.pair | other.pair) - {card.pk})
        if len(ends) == 2 and not _compared(*ends):
            later = max(one, other, key=lambda row: row.pk)
            Comparison.objects.create(
                one_id=ends[0],
                other_id=ends[1],
                same=True,
                reason=BY_WAY,
                decided_by=later.decided_by,
                decided_at=later.decided_at,
            )


def _compared(one: int, other: int) -> bool:
    pair = Q(one=one, other=other) | Q(one=other, other=one)
    return Comparison.objects.filter(pair).exists()
