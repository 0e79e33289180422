"""Triages that were discarded, and so became no case: put to the leads, and deleted by one of them.

They leave no tombstone: nothing points to them, and no guard keeps them. The audit says it.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.acts import Act
from audit.recorder import System, record
from referrals.models.retention import DISCARDED_YEARS
from referrals.retention.years import latest_start
from triage import alerts
from triage.models import Draft
from triage.queries import drafts_of_organisation


def discarded_due(user: User) -> QuerySet[Draft]:
    """Those whose time has come that the user may see, the oldest first.

    Not the discarded change of a case: it belongs to the case, and goes with it.
    """
    return drafts_of_organisation(user).filter(come()).order_by("discarded_at", "pk")


def come() -> Q:
    """Which drafts have had their time since they were discarded."""
    until = latest_start(timezone.localdate(), DISCARDED_YEARS)
    return Q(amends="", discarded_at__date__lte=until)


@transaction.atomic
def delete_discarded(*, ids: Collection[UUID], by: User) -> int:
    """Delete these for good; gives how many. What is not due, or gone already, is left out."""
    due = discarded_due(by).filter(pk__in=ids).order_by("pk")
    found = list(due.select_for_update(of=("self",), no_key=True))
    erase_drafts(found, by=by)
    return len(found)


def erase_drafts(drafts: Sequence[Draft], *, by: User | System) -> None:
    """Take out locked drafts of one organisation, and what was written about them."""
    for draft in drafts:
        alerts.forget(draft)
    # By a query, so that each still knows its id: the audit is to name it.
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    for draft in drafts:
        record(by=by, action=Act.DRAFT_DELETED, obj=draft, organisation=draft.organisation)
