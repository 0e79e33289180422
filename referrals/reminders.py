"""What safeguarding leads are reminded of by e-mail, worked out from cases as they stand.

Each reminder has a key, so that however often it is worked out it is sent to each person once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from django.db.models import Max
from django.utils import timezone

from outbox.actions import Notice
from referrals import alerts
from referrals.models import UNREVIEWED, Assessment, Case, Event, EventKind, Recommendation, Status
from referrals.overdue import is_come, late_steps, overdue
from referrals.recipients import Recipients
from referrals.withheld import withheld

# A closed case is to be looked at again on a date. Years of those are not gone through each time.
LOOK_BACK = timedelta(days=60)
T = TypeVar("T")


def cases_with_reminders(now: datetime) -> list[int]:
    """The ids of all cases that could have one."""
    long_ago = _day(now) - LOOK_BACK
    late = Case.objects.filter(overdue(now)).exclude(review_on__lt=long_ago)
    return sorted(late.values_list("pk", flat=True))


@dataclass
class Reminders:
    """The reminders of some cases, told or not, with few queries for all of them."""

    cases: list[Case]
    now: datetime

    def __post_init__(self) -> None:
        self.today = _day(self.now)
        self._recipients = Recipients()
        self._versions = self._read_versions()
        self._steps = self._read_steps()
        self._withheld = self._read_withheld()

    def __iter__(self) -> Iterator[tuple[Case, Notice]]:
        for case in self.cases:
            for notice in self._of(case):
                yield case, notice

    def _of(self, case: Case) -> Iterator[Notice]:
        if case.status == Status.CLOSED:
            if case.review_on is not None and case.review_on <= self.today:
                yield self._date_came(case, f"closed:{case.review_on.isoformat()}")
            return
        if case.status in UNREVIEWED and case.review_due_at <= self.now:
            yield self._review_late(case)
        for step in self._steps[case.pk]:
            yield from self._step_late(case, step)
        for event in self._withheld[case.pk]:
            yield self._date_came(case, f"parents:{event.number}")

    def _review_late(self, case: Case) -> Notice:
        text = f"Case {case.reference} has not been reviewed in time. Review it now."
        what, to = f"overdue:{self._versions.get(case.pk, 0)}", self._recipients.first(case)
        return alerts.notice(case, what, to, f"Case {case.reference} is overdue", text)

    def _step_late(self, case: Case, step: Recommendation) -> Iterator[Notice]:
        """To whoever is responsible for it, if they may open anything of the case; and to whoever
        is in charge."""
        what, subject = f"step:{step.pk}:{step.due}", f"Case {case.reference}: a step is overdue"
        who = step.responsible
        if who is not None and (page := self._recipients.page_for(case, who)):
            text = (
                f"A step of case {case.reference} that you were asked to do is past the day it "
                "was to be done by."
            )
            yield alerts.notice(case, what, [who], subject, text, page)
        text = f"In case {case.reference} a step is past the day it was to be done by."
        to = [user for user in self._recipients.in_charge(case) if user != who]
        yield alerts.notice(case, what, to, subject, text)

    def _date_came(self, case: Case, what: str) -> Notice:
        text = f"A date on which case {case.reference} was to be looked at again has come."
        to = self._recipients.in_charge(case)
        return alerts.notice(case, what, to, f"Look at case {case.reference} again", text)

    def _read_versions(self) -> dict[int, int]:
        """The newest assessment of each: a review that was met, then due anew, is told anew."""
        newest = Assessment.objects.filter(case__in=self.cases).order_by()
        return dict(newest.values_list("case").annotate(newest=Max("version")))

    def _read_steps(self) -> defaultdict[int, list[Recommendation]]:
        late = late_steps(self.today).filter(case__in=self.cases)
        late = late.select_related("responsible__organisation").order_by("due", "pk")
        return _grouped((step.case_id, step) for step in late)

    def _read_withheld(self) -> defaultdict[int, list[Event]]:
        """The entries that say: parents are not told, look at that again by today."""
        due = [case for case in self.cases if is_come(case.parents_review_on, self.today)]
        events = Event.objects.filter(kind=EventKind.PARENTS, case__in=due)
        of_case = _grouped((event.case_id, event) for event in events)
        versions = _grouped((one.case_id, one) for one in Assessment.objects.filter(case__in=due))
        return _grouped(
            (case.pk, one.event)
            for case in due
            for one in withheld(versions[case.pk], of_case[case.pk])
            if is_come(one.review_on, self.today)
        )


def _grouped(pairs: Iterable[tuple[int, T]]) -> defaultdict[int, list[T]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()
