"""Writing what was done into the chronology: records, referrals, addenda."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from referrals.chronology import add_event, lock_case
from referrals.models import Case, Event, EventKind
from referrals.queries import LEADER, must_be_referred
from referrals.states import WORK, NotNow, move
from referrals.withheld import look_again_on

LEADER_NEEDED = (
    "The response to this case is to refer it. A decision not to refer needs a reason, and the "
    "name and position of the leader who agreed."
)


@transaction.atomic
def add_record(
    *,
    case: Case,
    kind: EventKind,
    data: dict[str, Any],
    happened_at: datetime,
    seen: int,
    by: User,
    about: Event | None = None,
) -> Event:
    """Keep one structured entry. Raises Changed, NotNow, and NotNow for a decision not to refer
    that lacks what it needs: no form and no program can leave it out."""
    current = lock_case(case, seen=seen, by=by)
    move(current, WORK)
    if kind == EventKind.NOT_REFERRED and not _agreed(current, data):
        raise NotNow(LEADER_NEEDED)
    event = add_event(current, kind, by=by, data=data, happened_at=happened_at, about=about)
    if kind == EventKind.PARENTS:
        current.parents_review_on = look_again_on(current)
        current.save(update_fields=["parents_review_on"])
    return event


def _agreed(case: Case, data: dict[str, Any]) -> bool:
    needed = ["reason"]
    if must_be_referred(case):
        needed += LEADER
    return all(str(data.get(key, "")).strip() for key in needed)


@transaction.atomic
def add_addendum(*, case: Case, about: Event, text: str, seen: int, by: User) -> Event:
    """Correct or add to an entry, also of a closed case: the entry itself never changes."""
    current = lock_case(case, seen=seen, by=by)
    return add_event(current, EventKind.ADDENDUM, by=by, data={"text": text}, about=about)
