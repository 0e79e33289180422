"""Pages by key: a page begins after, or ends before, a case. What comes in meanwhile shifts none.

An offset would show a case twice, or never, as soon as an urgent one came in at the top.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from referrals.models import Case
from triage.model.catalogue import RESPONSES

PAGE_SIZE = 50
ORDER = ("-urgency", "submitted_at", "pk")
BACKWARDS = ("urgency", "-submitted_at", "-pk")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# Up to the year 2286 and the greatest number that fits the column, by their digits.
KEY = re.compile(r"([0-9])-([0-9]{1,16})-([0-9]{1,18})", re.ASCII)


@dataclass(frozen=True)
class Key:
    """Where a case stands in the order. It says nothing about anybody: it may be in an address."""

    urgency: int
    at: datetime
    pk: int

    @classmethod
    def of(cls, case: Case) -> "Key":
        return cls(case.urgency, case.submitted_at, case.pk)

    @classmethod
    def parse(cls, text: str | None) -> "Key | None":
        """None for nothing and for nonsense."""
        found = KEY.fullmatch(text or "")
        if found is None or int(found[1]) >= len(RESPONSES):
            return None
        return cls(int(found[1]), EPOCH + int(found[2]) * MICROSECOND, int(found[3]))

    def __str__(self) -> str:
        return f"{self.urgency}-{(self.at - EPOCH) // MICROSECOND}-{self.pk}"

    @property
    def after(self) -> Q:
        later = Q(submitted_at__gt=self.at) | Q(submitted_at=self.at, pk__gt=self.pk)
        return Q(urgency__lt=self.urgency) | Q(urgency=self.urgency) & later

    @property
    def before(self) -> Q:
        earlier = Q(submitted_at__lt=self.at) | Q(submitted_at=self.at, pk__lt=self.pk)
        return Q(urgency__gt=self.urgency) | Q(urgency=self.urgency) & earlier


@dataclass(frozen=True)
class CasePage:
    """Some cases in a row, and how many there are before them and in all."""

    cases: list[Case]
    before: int
    total: int

    @property
    def first(self) -> int:
        return self.before + 1

    @property
    def last(self) -> int:
        return self.before + len(self.cases)

    @property
    def previous_key(self) -> str:
        """What the page before ends with; empty on the first page."""
        return str(Key.of(self.cases[0])) if self.cases and self.before else ""

    @property
    def next_key(self) -> str:
        """What the next page begins after; empty on the last page."""
        return str(Key.of(self.cases[-1])) if self.cases and self.last < self.total else ""


def page_of(
    cases: QuerySet[Case], *, total: int, after: str | None = None, before: str | None = None
) -> CasePage:
    """The page after one key or before another; the first one where there is no such page."""
    if (key := Key.parse(after)) and (rows := _rows(cases.filter(key.after), ORDER)):
        return _placed(cases, rows, total)
    if key := Key.parse(before):
        rows = _rows(cases.filter(key.before), BACKWARDS)[::-1]
        if len(rows) == PAGE_SIZE:
            return _placed(cases, rows, total)
    return CasePage(_rows(cases, ORDER), 0, total)


def _rows(cases: QuerySet[Case], order: tuple[str, ...]) -> list[Case]:
    return list(cases.select_related("submitted_by", "assignee").order_by(*order)[:PAGE_SIZE])


def _placed(cases: QuerySet[Case], rows: list[Case], total: int) -> CasePage:
    return CasePage(rows, cases.filter(Key.of(rows[0]).before).count(), total)
