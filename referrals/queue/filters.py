"""What a lead asked to see of the queue."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from referrals.models import CaseFlag
from referrals.queries import REFER
from referrals.states import OPEN
from triage.model.catalogue import RESPONSES

NOT_CLOSED = "open"
ANY = "any"
URGENT = "urgent"
ME = "me"
NOBODY = "nobody"
Allowed = dict[str, Collection[Any]]


@dataclass(frozen=True)
class Filters:
    """Every value is one that was offered; empty is no filter."""

    status: str = NOT_CLOSED
    response: str = ""
    classification: str = ""
    flag: str = ""
    assignee: str = ""
    since: date | None = None
    until: date | None = None
    overdue: bool = False

    @property
    def address(self) -> str:
        """The part of an address that asks for this, without what is the default."""
        plain = asdict(Filters())
        given = {k: v for k, v in asdict(self).items() if v != plain[k]}
        return urlencode({k: "on" if v is True else v for k, v in given.items()})

    def allowed(self, me: int) -> Allowed:
        """For each column of a case that is filtered, the values that are let through."""
        columns = {
            "status": _statuses(self.status),
            "urgency": _urgencies(self.response),
            "classification": (self.classification,) if self.classification else (),
            "assignee_id": _assignees(self.assignee, me),
        }
        return {column: values for column, values in columns.items() if values}

    @property
    def rest(self) -> Q:
        """What is filtered by flag and by when it was recorded."""
        flagged = CaseFlag.objects.filter(case=OuterRef("pk"), flag=self.flag)
        return Q(Exists(flagged)) & self.days if self.flag else self.days

    @property
    def days(self) -> Q:
        found = Q()
        if self.since:
            found &= Q(submitted_at__gte=_midnight(self.since))
        if self.until:
            found &= Q(submitted_at__lt=_midnight(self.until + timedelta(days=1)))
        return found


def _statuses(status: str) -> Collection[str]:
    if status == NOT_CLOSED:
        return OPEN
    return () if status == ANY else (status,)


def _urgencies(response: str) -> Collection[int]:
    if response == URGENT:
        return tuple(range(REFER, len(RESPONSES)))
    return (RESPONSES.index(response),) if response else ()


def _assignees(assignee: str, me: int) -> Collection[int | None]:
    named: dict[str, Collection[int | None]] = {"": (), ME: (me,), NOBODY: (None,)}
    return named[assignee] if assignee in named else (int(assignee),)


def column_filter(allowed: Allowed) -> Q:
    """The same as a condition of the database."""
    found = Q()
    for column, values in allowed.items():
        known = [value for value in values if value is not None]
        empty = Q(**{f"{column}__isnull": True}) if None in values else Q()
        found &= empty | Q(**{f"{column}__in": known}) if known else empty
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))
