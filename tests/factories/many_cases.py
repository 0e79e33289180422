"""Very many cases at once, as rows: for tests of how pages cope with them. Nothing is audited."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from accounts.models import User
from guidance.catalogue import SUBTYPES
from guidance.queries import current_edition
from referrals.models import Case, CaseFlag, Status
from referrals.reference import ALPHABET, LENGTH, new_reference
from triage.model.catalogue import RESPONSES
from triage.models import Draft

BATCH = 2000
FLAGS = ("facts_open", "vulnerable", "wide_sharing")


def make_many_cases(by: User, number: int, *, start: int = 0, **fields: Any) -> list[Case]:
    """Of every status, response and classification; four in five are closed, as in real life.

    `fields` are the same for all. `start` is how many there are already.
    """
    drafts = Draft.objects.bulk_create(_drafts(by, number), batch_size=BATCH)
    cases = [_case(start + n, draft, fields) for n, draft in enumerate(drafts)]
    made = Case.objects.bulk_create(cases, batch_size=BATCH)
    flags = (CaseFlag(case=c, flag=f) for n, c in enumerate(made) for f in FLAGS[: n % 3])
    CaseFlag.objects.bulk_create(flags, batch_size=BATCH)
    if number > BATCH and connection.vendor == "postgresql":
        # Else it checks each of these rows by the plan it made when the tables were all but empty.
        connection.cursor().execute("ANALYZE")
    return made


def make_row(by: User, *flags: str, **fields: Any) -> Case:
    """One case as a row, with these flags: new, of the lowest level, unless `fields` say more."""
    plain = {"status": Status.NEW, "urgency": 0, "assignee": None, "reference": new_reference()}
    extra = {"review_due_at": timezone.now() + timedelta(days=1), "submitted_at": timezone.now()}
    (case,) = make_many_cases(by, 1, **{**plain, **extra, **fields})
    CaseFlag.objects.bulk_create(CaseFlag(case=case, flag=flag) for flag in flags)
    return case


def make_closed_row(by: User, *, days: int, **fields: Any) -> Case:
    """The same, closed, to be looked at again in so many days."""
    review_on = timezone.localdate() + timedelta(days=days)
    closed = {"status": Status.CLOSED, "close_outcome": "supported_here", "review_on": review_on}
    return make_row(by, **closed, **fields)


def _drafts(by: User, number: int) -> Iterator[Draft]:
    edition, now = current_edition(), timezone.now()
    common = {"organisation": by.organisation, "owner": by, "edition": edition}
    ended = {"started_at": now, "saved_at": now, "submitted_at": now}
    return (Draft(**common, **ended) for _ in range(number))


def _case(number: int, draft: Draft, fields: dict[str, Any]) -> Case:
    at = timezone.now() - timedelta(hours=number)
    status = list(Status)[number % 4] if number % 5 == 0 else Status.CLOSED
    closed = {"close_outcome": "supported_here", "review_on": (at + timedelta(days=400)).date()}
    values: dict[str, Any] = {
        "reference": _reference(number),
        "organisation": draft.organisation,
        "draft": draft,
        "submitted_by": draft.owner,
        "submitted_at": at,
        "sent_early": False,
        "urgency": number % len(RESPONSES),
        "classification": SUBTYPES[number % len(SUBTYPES)],
        "status": status,
        "review_due_at": at + timedelta(days=1),
        "assignee": draft.owner if number % 7 == 0 else None,
        "words": f"person {number}\nwhat was said",
    }
    return Case(**values | (closed if status == Status.CLOSED else {}) | fields)


def _reference(number: int) -> str:
    """The number in letters of references, so that it stands in their order."""
    letters = "".join(ALPHABET[int(digit)] for digit in f"{number:0{LENGTH}d}")
    return f"{letters[:5]}-{letters[5:]}"
