"""How many cases there are beside each choice: two grouped queries, however many cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, QuerySet

from referrals.models import Case, Status
from referrals.overdue import overdue
from referrals.queries import REFER
from referrals.queue.filters import Allowed, Filters
from referrals.states import OPEN

COLUMNS = ("status", "urgency", "classification", "assignee_id")


@dataclass(frozen=True)
class Group:
    """Cases that are alike in every column of COLUMNS: how many, and how many of them are late."""

    status: str
    urgency: int
    classification: str
    assignee_id: int | None
    number: int
    late: int

    def fits(self, allowed: Allowed) -> bool:
        return all(getattr(self, column) in values for column, values in allowed.items())


def groups(cases: QuerySet[Case], now: datetime) -> list[Group]:
    """At most a few hundred, since the columns hold only declared values and leads."""
    counted = cases.order_by().values(*COLUMNS).annotate(number=Count("pk"))
    late = Count("pk", filter=overdue(now))
    return [Group(**row) for row in counted.annotate(late=late)]


class Counts:
    """How many cases there would be with another choice of one filter, the rest as it is."""

    def __init__(self, found: Iterable[Group], flags: dict[str, int], asked: Filters, me: int):
        """`found` are the groups under `asked.rest`; `flags` the numbers for each flag."""
        self.found, self.flags, self.asked, self.me = list(found), flags, asked, me

    @property
    def total(self) -> int:
        return self._sum(self.asked)

    @property
    def late(self) -> int:
        return self._sum(replace(self.asked, overdue=True))

    def beside(self, name: str, value: str) -> int:
        if name == "flag":
            return self.flags.get(value, 0)
        return self._sum(replace(self.asked, **{name: value}))  # type: ignore[arg-type]

    def _sum(self, asked: Filters) -> int:
        allowed = asked.allowed(self.me)
        fitting = [group for group in self.found if group.fits(allowed)]
        return sum(group.late if asked.overdue else group.number for group in fitting)


def flag_counts(cases: QuerySet[Case]) -> dict[str, int]:
    """How many of these cases have each flag; under "", how many there are of them at all."""
    counted = cases.order_by().values_list("flags__flag").annotate(number=Count("pk"))
    return {**{flag: number for flag, number in counted if flag}, "": cases.count()}


@dataclass(frozen=True)
class Needs:
    """What needs doing, in numbers."""

    new: int
    late: int
    urgent: int
    mine: int
    not_closed: int
    all: int


def needs_of(found: Iterable[Group], me: int) -> Needs:
    """Of all the cases a lead may see."""
    every = list(found)
    not_closed = [group for group in every if group.status in OPEN]
    return Needs(
        new=sum(group.number for group in every if group.status == Status.NEW),
        late=sum(group.late for group in every),
        urgent=sum(group.number for group in not_closed if group.urgency >= REFER),
        mine=sum(group.number for group in not_closed if group.assignee_id == me),
        not_closed=sum(group.number for group in not_closed),
        all=sum(group.number for group in every),
    )
