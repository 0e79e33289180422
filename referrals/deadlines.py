"""By when a new case must have been reviewed."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from accounts.models import Organisation
from referrals.models import ReviewTime, Within

DEFAULTS = {
    "emergency": Within.AT_ONCE,
    "refer_now": Within.SAME_DAY,
    "consult_specialists": Within.NEXT_WORKING_DAY,
    "other_procedure": Within.NEXT_WORKING_DAY,
    "dsl_judgement": Within.NEXT_WORKING_DAY,
}
SATURDAY = 5
WORKING_DAYS = {Within.SAME_DAY: 0, Within.NEXT_WORKING_DAY: 1, Within.FIVE_WORKING_DAYS: 5}


def review_times(organisation: Organisation) -> dict[str, Within]:
    """The time for each response level: the organisation's own, else the default."""
    own = ReviewTime.objects.filter(organisation=organisation).values_list("response", "within")
    return DEFAULTS | {response: Within(within) for response, within in own}


def due_at(within: Within, since: datetime) -> datetime:
    """The moment from which it is late. A day ends at midnight, here. Bank holidays are not known.

    What comes in at the weekend and is due "the same day" is due that day.
    """
    if within == Within.AT_ONCE:
        return since + timedelta(minutes=15)
    if within == Within.ONE_HOUR:
        return since + timedelta(hours=1)
    day = timezone.localtime(since).date()
    for _ in range(WORKING_DAYS[within]):
        day += timedelta(days=1)
        while day.weekday() >= SATURDAY:
            day += timedelta(days=1)
    midnight = datetime.combine(day + timedelta(days=1), time(0))
    return timezone.make_aware(midnight)


def review_due_at(organisation: Organisation, response: str, since: datetime) -> datetime:
    return due_at(review_times(organisation)[response], since)
