"""Sending on to the deputies what nobody acknowledged in time."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from audit.recorder import SYSTEM
from referrals import alerts
from referrals.chronology import add_event
from referrals.models import Case, EventKind, Status
from referrals.queries import REFER
from referrals.recipients import Recipients


def to_escalate(now: datetime) -> QuerySet[Case]:
    """Emergencies and cases to refer now which nobody has acknowledged in the time for a review."""
    late = Case.objects.filter(status=Status.NEW, escalated_at=None, review_due_at__lte=now)
    return late.filter(urgency__gte=REFER).select_related("organisation")


@transaction.atomic
def escalate(*, case_id: int, now: datetime) -> bool:
    """Tell the deputies, once however many timers run. Whether it was done here and now.

    Not done while there is no deputy who may know of the case: then the chronology cannot say that
    anybody was told.
    """
    case = to_escalate(now).select_for_update(of=("self",), no_key=True).filter(pk=case_id).first()
    if case is None or not (deputies := Recipients().deputies(case)):
        return False
    case.escalated_at = timezone.now()
    case.save(update_fields=["escalated_at"])
    alerts.escalated(case, deputies)
    due = {"due": case.review_due_at.isoformat()}
    add_event(case, EventKind.ESCALATED, by=SYSTEM, data=due)
    return True
