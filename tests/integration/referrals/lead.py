"""A lead's work on a case, for tests of what happens when time passes."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from outbox.models import Message
from referrals.actions import deciding, planning, recording
from referrals.chronology import last_number
from referrals.models import Case, EventKind

TODAY = date(2026, 11, 25)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def quiet(case: Case) -> Case:
    """The case, with the messages of its making gone."""
    Message.objects.all().delete()
    return case


def late(case: Case) -> datetime:
    return case.review_due_at + timedelta(seconds=1)


def acknowledge(case, by):
    return deciding.acknowledge(case=case, seen=last_number(case), by=by)


def agree(case, by):
    return deciding.agree(case=case, comment="", seen=last_number(case), by=by)


def close(case, by, review_on):
    return deciding.close(
        case=case,
        outcome="supported_here",
        summary="Tidied",
        review_on=review_on,
        seen=last_number(case),
        by=by,
    )


def restrict(case, named, by):
    return deciding.restrict(case=case, named=named, reason="Staff", seen=last_number(case), by=by)


def withhold(case, by, person, review_on, done="withheld"):
    data = {"person": person, "done": done, "reason": "Risk of harm"}
    if review_on:
        data["review_on"] = review_on.isoformat()
    return recording.add_record(
        case=case,
        kind=EventKind.PARENTS,
        data=data,
        happened_at=timezone.now(),
        seen=last_number(case),
        by=by,
    )


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def set_step(case, due, by, to=None, progress="to_do", which=0):
    step = case.recommendations.order_by("pk")[which]
    return planning.change_step(
        case=case,
        step=step,
        progress=progress,
        reason="",
        responsible=to,
        due=due,
        seen=last_number(case),
        by=by,
    )
