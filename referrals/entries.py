"""Entries of a chronology in words: for the time line, for conflicts, for paper."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from guidance.content import EditionContent, Kind
from referrals.models import Event, EventKind, Recommendation
from referrals.overdue import moment
from referrals.records import RECORDS
from referrals.urgency import URGENCY

TIMER = "The tool itself"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
CLOSE_OUTCOMES = (
    ("supported_here", "Managed and supported in this setting"),
    ("with_agencies", "Passed to other agencies, which lead now"),
    ("no_further_action", "No further action needed"),
    ("moved", "The child has moved to another setting"),
    ("recorded_in_error", "Recorded in error, for example twice"),
)
# What an entry that no form of `records` makes says of itself: label by key, in order.
LABELS = {
    EventKind.ASSIGNED: {"to": "Assigned to"},
    EventKind.REVIEWED: {
        "decision": "Decision",
        "classification": "Classification",
        "response": "Response",
        "reason": "Reason",
        "version": "About assessment",
    },
    EventKind.AMENDED: {"version": "Assessment", "reason": "Why"},
    EventKind.PLAN: {
        "step": "Step",
        "progress": "Progress",
        "reason": "Reason or note",
        "responsible": "Who does it",
        "due": "By",
    },
    EventKind.ADDENDUM: {"text": "Addendum"},
    EventKind.IDENTITY: {"person": "Person", "changed": "Filled in or changed"},
    EventKind.RESTRICTED: {"named": "Who may see it", "reason": "Why"},
    EventKind.UNRESTRICTED: {"reason": "Why"},
    EventKind.CLOSED: {"outcome": "Outcome", "summary": "Summary", "review_on": "Review date"},
    EventKind.REOPENED: {"reason": "Why"},
    EventKind.HELD: {"reason": "Why"},
    EventKind.HOLD_LIFTED: {"reason": "Why"},
    EventKind.KEPT: {"until": "Until", "reason": "Why"},
    EventKind.ESCALATED: {"due": "It was to be reviewed by"},
}
VALUES = {
    "decision": {
        "agree": "Agreed with the tool",
        "override": "Another classification",
    },
    "outcome": dict(CLOSE_OUTCOMES),
    "response": URGENCY,
    "progress": dict(Recommendation.Progress.choices),
}


@dataclass(frozen=True)
class Part:
    """An answer and what it answers."""

    label: str
    text: str

    @property
    def lead(self) -> str:
        return self.label if self.label.endswith("?") else f"{self.label}:"


@dataclass(frozen=True)
class Line:
    """One entry in words. `parts` are its answers; `about` is the number it corrects or follows."""

    number: int
    title: str
    kind: str
    by: str
    happened_at: datetime
    entered_at: datetime
    parts: list[Part]
    about: int | None

    @property
    def late(self) -> bool:
        """Whether it was written down noticeably after it happened."""
        return (self.entered_at - self.happened_at).total_seconds() > 60


def line_of(event: Event, edition: EditionContent | None = None) -> Line:
    """An entry in words; steps and classifications by the edition's titles where one is given."""
    return Line(
        number=event.number,
        title=event.get_kind_display(),
        kind=event.kind,
        by=event.entered_by.name if event.entered_by else TIMER,
        happened_at=event.happened_at,
        entered_at=event.entered_at,
        parts=_parts(event, edition),
        about=event.about.number if event.about else None,
    )


def _parts(event: Event, edition: EditionContent | None) -> list[Part]:
    kind = EventKind(event.kind)
    if record := RECORDS.get(kind):
        return [
            Part(field.name, field.in_words(_text(event.data[field.key])))
            for field in record.fields
            if event.data.get(field.key)
        ]
    labels = LABELS.get(kind, {})
    return [
        Part(label, _value(key, event.data[key], edition))
        for key, label in labels.items()
        if event.data.get(key)
    ]


def _value(key: str, value: Any, edition: EditionContent | None) -> str:
    if edition is not None and key == "classification" and edition.has(Kind.OUTCOME, value):
        return edition.item(Kind.OUTCOME, value).title
    if edition is not None and key == "step":
        return step_title(value, edition)
    names: Mapping[str, str] = VALUES.get(key, {})
    return names.get(value, _text(value)) if isinstance(value, str) else _text(value)


def step_title(key: str, edition: EditionContent) -> str:
    """The title of a recommended step by its key; the words of an added one as they are."""
    for kind in (Kind.NEXT_STEP, Kind.PROCEDURE):
        if edition.has(kind, key):
            return edition.item(kind, key).title
    return key


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    # No more than what we write ourselves: Python takes 20270327 for a day, too, and that could be
    # an agency's reference.
    with suppress(ValueError):
        if DAY.fullmatch(value):
            return date_format(date.fromisoformat(value), "j F Y")
        if MOMENT.fullmatch(value):
            return moment(datetime.fromisoformat(value))
    return str(value)
