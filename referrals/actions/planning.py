"""The plan: how far each recommended step is, who does it, by when; and steps that were added."""

from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet

from accounts.models import User
from guidance.content import Facts
from guidance.recommend import recommend
from referrals import alerts
from referrals.chronology import add_event, lock_case
from referrals.models import Case, EventKind, Recommendation
from referrals.states import WORK, NotNow, move

REASON_NEEDED = "Say why this step is not needed."
NO_LONGER = "This step is no longer recommended, since the answers were changed."


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
    """Raises Changed and NotNow; NotNow too for a next step that is not needed without a reason,
    and for one that is no longer recommended since the answers were changed."""
    current = lock_case(case, seen=seen, by=by)
    move(current, WORK)
    locked = newest_of(current, step)
    if locked is None:
        raise NotNow(NO_LONGER)
    if progress == locked.Progress.NOT_NEEDED and needs_reason(locked) and not reason.strip():
        raise NotNow(REASON_NEEDED)
    newly = responsible is not None and responsible.pk != locked.responsible_id
    locked.progress, locked.reason = progress, reason
    locked.responsible, locked.due = responsible, due
    locked.save(update_fields=["progress", "reason", "responsible", "due"])
    _tell(current, locked, by=by, newly=newly)
    return locked


def newest_of(case: Case, step: Recommendation) -> Recommendation | None:
    """The step as the newest assessment recommends it; None where it no longer does."""
    if step.kind == Recommendation.Kind.ADDED:
        return case.recommendations.get(pk=step.pk)
    newest = case.recommendations.filter(assessment=case.assessment)
    return newest.filter(kind=step.kind, key=step.key).first()


def needs_reason(step: Recommendation) -> bool:
    """Next steps are what the response and the flags call for; procedures are there to consult."""
    return step.kind == Recommendation.Kind.NEXT_STEP


@transaction.atomic
def add_step(
    *, case: Case, text: str, responsible: User | None, due: date | None, seen: int, by: User
) -> Recommendation:
    current = lock_case(case, seen=seen, by=by)
    move(current, WORK)
    step = _add(current, text, responsible=responsible, due=due)
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


def add_steps_of(case: Case, facts: Facts) -> None:
    """Add the next steps that these facts call for and the plan of a locked case lacks.

    For a lead's own classification or level. They are in the words of the assessment's edition.
    """
    edition = case.assessment.edition.content()
    planned = set(case.assessment.recommendations.values_list("key", flat=True))
    added = set(_added(case).values_list("text", flat=True))
    for item in recommend(edition, facts).next_steps:
        if item.key not in planned and item.title not in added:
            _add(case, item.title)


def _added(case: Case) -> QuerySet[Recommendation]:
    return case.recommendations.filter(kind=Recommendation.Kind.ADDED)


def _add(
    case: Case, text: str, responsible: User | None = None, due: date | None = None
) -> Recommendation:
    last = _added(case).aggregate(last=Max("order"))["last"]
    return Recommendation.objects.create(
        case=case,
        kind=Recommendation.Kind.ADDED,
        text=text,
        order=0 if last is None else last + 1,
        responsible=responsible,
        due=due,
    )
