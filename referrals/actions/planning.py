"""The plan: how far each recommended step is, who does it, by when; and steps that were added."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from referrals import alerts
from referrals.chronology import add_event, lock_case
from referrals.models import Case, EventKind, Recommendation
from referrals.states import WORK, NotNow, move

REASON_NEEDED = "Say why this step is not needed."


@transaction.atomic
def change_step(
    *,
    case: Case,
    step: Recommendation,
    progress: str,
    reason: str,
    responsible: User | None,
    due: date | None,
    seen: int,
    by: User,
) -> Recommendation:
    """Raises Changed and NotNow; NotNow too for a next step that is not needed without a reason."""
    current = lock_case(case, seen=seen, by=by)
    move(current, WORK)
    locked = current.recommendations.select_for_update().get(pk=step.pk)
    if progress == locked.Progress.NOT_NEEDED and needs_reason(locked) and not reason.strip():
        raise NotNow(REASON_NEEDED)
    newly = responsible is not None and responsible.pk != locked.responsible_id
    locked.progress, locked.reason = progress, reason
    locked.responsible, locked.due = responsible, due
    locked.save(update_fields=["progress", "reason", "responsible", "due"])
    _tell(current, locked, by=by, newly=newly)
    return locked


def needs_reason(step: Recommendation) -> bool:
    """Next steps are what the response and the flags call for; procedures are there to consult."""
    return step.kind == Recommendation.Kind.NEXT_STEP


@transaction.atomic
def add_step(
    *, case: Case, text: str, responsible: User | None, due: date | None, seen: int, by: User
) -> Recommendation:
    current = lock_case(case, seen=seen, by=by)
    move(current, WORK)
    added = current.recommendations.filter(kind=Recommendation.Kind.ADDED)
    last = added.aggregate(last=Max("order"))["last"]
    step = Recommendation.objects.create(
        case=current,
        kind=Recommendation.Kind.ADDED,
        text=text,
        order=0 if last is None else last + 1,
        responsible=responsible,
        due=due,
    )
    _tell(current, step, by=by, newly=responsible is not None)
    return step


def _tell(case: Case, step: Recommendation, *, by: User, newly: bool) -> None:
    """The chronology, and whoever was newly made responsible."""
    data = {
        "step": step.key or step.text,
        "progress": step.progress,
        "reason": step.reason,
        "responsible": step.responsible.name if step.responsible else "",
        "due": step.due.isoformat() if step.due else "",
    }
    event = add_event(case, EventKind.PLAN, by=by, data=data)
    if newly and step.responsible is not None:
        alerts.step_given(case, event, to=step.responsible, by=by)
