"""Writing on a case: one lock, a check that nobody was quicker, one row in the chronology."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from audit.acts import Act
from audit.recorder import SYSTEM, System, record
from referrals.models import Case, Event, EventKind
from referrals.queries import cases_of_organisation

# One act of the audit for each kind of entry. A case's recording has its own.
ACTS = {kind: Act(f"case.{kind.value}") for kind in EventKind if kind != EventKind.RECEIVED}


class Changed(Exception):
    """Somebody wrote on the case since the page was opened: `events`, oldest first."""

    def __init__(self, events: Sequence[Event]) -> None:
        super().__init__("the case changed meanwhile")
        self.events = list(events)
        self.number = self.events[-1].number


def last_number(case: Case) -> int:
    """The number of the newest entry, 0 for none: what a page of the case was opened with."""
    newest = case.events.order_by("-number").values_list("number", flat=True).first()
    return newest or 0


def lock_case(case: Case, *, seen: int, by: User) -> Case:
    """The case as it is now, locked until the transaction ends.

    `seen` is the number of the newest entry when the page was opened. Raises Changed when there
    are newer ones; Case.DoesNotExist when `by` may no longer see it.
    """
    current = cases_of_organisation(by).select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    newer = list(current.events.filter(number__gt=seen).select_related("entered_by"))
    if newer:
        raise Changed(newer)
    return current


def add_event(
    case: Case,
    kind: EventKind,
    *,
    by: User | System,
    data: dict[str, Any] | None = None,
    happened_at: datetime | None = None,
    about: Event | None = None,
) -> Event:
    """Add a row to the chronology of a locked case, and to the audit. Call it last."""
    now = timezone.now()
    event = Event.objects.create(
        case=case,
        number=last_number(case) + 1,
        kind=kind,
        data=data or {},
        words=words_of(data or {}),
        about=about,
        happened_at=happened_at or now,
        entered_at=now,
        entered_by=None if by is SYSTEM else by,
    )
    if kind in ACTS:
        record(by=by, action=ACTS[kind], obj=case, organisation=case.organisation)
    return event


def words_of(data: dict[str, Any]) -> str:
    """Everything that was typed, in small letters, for search."""
    texts = [text for value in data.values() for text in _texts(value)]
    return " ".join(texts).casefold()


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for part in value for text in _texts(part)] if isinstance(value, list) else []
