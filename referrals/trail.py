"""Who has opened a case and what was done, in words: the audit's rows about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from audit.acts import Act
from audit.models import Entry
from audit.queries import About, trail_of
from referrals.chronology import ACTS
from referrals.models import Case
from triage.models import Draft

SYSTEM = "The system"
GONE = "A person no longer here"
# A row's id: digits of a number that fits its column.
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)

CHRONOLOGY = {act.value: f"Chronology: {kind.label}" for kind, act in ACTS.items()}
WORDS: dict[str, str] = CHRONOLOGY | {
    Act.DRAFT_STARTED: "Started the triage that this case comes from",
    Act.DRAFT_SUBMITTED: "Sent the triage to the safeguarding lead",
    Act.DRAFT_DISCARDED: "Discarded the triage",
    Act.DRAFT_DELETED: "Deleted the discarded triage",
    Act.DRAFT_READ_BY_DSL: "Opened the triage that this case comes from",
    Act.DRAFT_TAKEN_OVER: "Took the triage over",
    Act.CASE_RECORDED: "The case was recorded",
    Act.CASE_READ: "Opened the case, or a form on it",
    Act.CASE_LINKED: "Decided whether two people are the same person",
    Act.CASE_DELETED: "Deleted the case",
    Act.OUTCOME_READ: "Opened the outcome",
    Act.OUTCOME_COPIED: "Opened the outcome as text to copy",
    Act.CHRONOLOGY_READ: "Opened the chronology",
    Act.IDENTITY_READ: "Opened an identity card",
    Act.TRAIL_READ: "Opened this page",
    Act.HELD_READ: "Opened all that is held on a person of this case",
    Act.HELD_EXPORTED: "Exported all that is held on a person of this case",
}
# What a draft's acts mean where the draft changes the answers of a case that is there already.
OF_A_CHANGE: dict[str, str] = {
    Act.DRAFT_STARTED: "Began to change the answers",
    Act.DRAFT_SUBMITTED: "Finished changing the answers",
    Act.DRAFT_DISCARDED: "Gave up a change of the answers",
    Act.DRAFT_READ_BY_DSL: "Opened a change of the answers",
    Act.DRAFT_TAKEN_OVER: "Took over a change of the answers",
}


@dataclass(frozen=True)
class Step:
    """One row of the audit in words."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True)
class TrailPage:
    """Newest first. `older` is the key of the next page; nothing on the last."""

    steps: list[Step]
    older: str


def trail_page(case: Case, *, before: str | None) -> TrailPage:
    """A page of what is on record about a case; the first one where `before` is no key."""
    key = int(before) if before and KEY.fullmatch(before) else None
    trail = trail_of(_objects(case), before=key)
    people = User.objects.in_bulk({row.actor_id for row in trail.rows if row.actor_id})
    steps = [Step(row.at, _who(row, people), _what(row, case)) for row in trail.rows]
    return TrailPage(steps, str(trail.older or ""))


def _objects(case: Case) -> Iterator[About]:
    """The case, the draft that it comes from, and the drafts that changed its answers."""
    yield Case._meta.label_lower, str(case.pk)
    yield Draft._meta.label_lower, str(case.draft_id)
    changes = Draft.objects.filter(amends=case.reference, organisation=case.organisation_id)
    for pk in changes.values_list("pk", flat=True):
        yield Draft._meta.label_lower, str(pk)


def _who(row: Entry, people: dict[int, User]) -> str:
    if row.actor_id is None:
        return SYSTEM
    person = people.get(row.actor_id)
    return str(person) if person else GONE


def _what(row: Entry, case: Case) -> str:
    change = row.object_type == Draft._meta.label_lower and row.object_id != str(case.draft_id)
    words = OF_A_CHANGE if change else WORDS
    return words.get(row.action) or WORDS.get(row.action) or row.action.replace("_", " ")
