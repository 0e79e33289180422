"""What is late: a review, a step of the plan, a second look at what was decided for a time."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from referrals.models import UNREVIEWED, Assessment, Case, Recommendation, Status


def late_steps(today: date) -> QuerySet[Recommendation]:
    """Steps of the plan that holds now, still to do on a day after they were due."""
    newer = Assessment.objects.filter(
        case=OuterRef("case"), version__gt=OuterRef("assessment__version")
    )
    to_do = Recommendation.objects.filter(progress=Recommendation.Progress.TO_DO, due__lt=today)
    # What an assessment recommended is superseded by a newer one, which carried it over.
    return to_do.filter(~Exists(newer)).order_by()


def overdue(now: datetime) -> Q:
    """Which cases are late at that moment."""
    today = timezone.localtime(now).date()
    review = Q(status__in=UNREVIEWED, review_due_at__lte=now)
    step = ~Q(status=Status.CLOSED) & Q(pk__in=late_steps(today).values("case"))
    again = Q(status=Status.CLOSED, review_on__lte=today)
    parents = ~Q(status=Status.CLOSED) & Q(parents_review_on__lte=today)
    return review | step | again | parents


def why_overdue(cases: Iterable[Case], now: datetime) -> dict[int, str]:
    """What is late of each of these cases, in words; nothing for those that are in time."""
    listed = list(cases)
    today = timezone.localtime(now).date()
    steps = late_steps(today).filter(case__in=[case.pk for case in listed])
    due = dict(steps.values_list("case").annotate(due=Min("due")))
    found = {case.pk: _why(case, due.get(case.pk), now) for case in listed}
    return {pk: words for pk, words in found.items() if words}


def _why(case: Case, step_due: date | None, now: datetime) -> str:
    today = timezone.localtime(now).date()
    if case.status == Status.CLOSED:
        come = is_come(case.review_on, today)
        return f"To be looked at again from {_day(case.review_on)}" if come else ""
    if case.status in UNREVIEWED and case.review_due_at <= now:
        return f"Review was due by {moment(case.review_due_at)}"
    if step_due:
        return f"A step was due by {_day(step_due)}"
    if is_come(case.parents_review_on, today):
        return f"Parents were not told; to be looked at again from {_day(case.parents_review_on)}"
    return ""


def is_come(day: date | None, today: date) -> bool:
    return day is not None and day <= today


def moment(at: datetime) -> str:
    """A day and a time, as lists show them; midnight as the end of the day before."""
    local = timezone.localtime(at)
    if local.time() == time(0):
        return f"the end of {_day(local.date() - timedelta(days=1))}"
    return date_format(local, "j F Y, H:i")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""
