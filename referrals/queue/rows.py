"""Rows of the queue: cases and open drafts in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from guidance.content import Kind
from guidance.queries import current_edition
from referrals.listing import people_of
from referrals.models import UNREVIEWED, Case, Status
from referrals.overdue import moment, why_overdue
from referrals.queries import REFER
from referrals.urgency import URGENCY
from triage import pages
from triage.model import response_of
from triage.model.answers import parse
from triage.model.catalogue import RESPONSES
from triage.model.route import answers_so_far
from triage.model.urgent import urgent_answers
from triage.models import Draft
from triage.queries import drafts_of_organisation, is_untouched, open_only

MOST_DRAFTS = 50


@dataclass(frozen=True)
class QueueRow:
    """`late` says what is overdue; `review_by` until when there is time to review it."""

    case: Case
    classification: str
    urgency: str
    is_urgent: bool
    is_new: bool
    is_open: bool
    late: str
    review_by: str


@dataclass(frozen=True)
class DraftRow:
    """`level` and `urgency` are the response to what is known so far."""

    draft: Draft
    people: str
    how_far: str
    urgent: list[str]
    level: int

    @property
    def urgency(self) -> str:
        return URGENCY[RESPONSES[self.level]]

    @property
    def is_urgent(self) -> bool:
        return self.level >= REFER


@dataclass(frozen=True)
class OpenDrafts:
    """The most urgent of the open drafts, how many there are, and how many of them are urgent.

    `untouched`: those that nobody goes on with, the longest left first.
    """

    rows: list[DraftRow]
    total: int
    urgent: int
    untouched: list[DraftRow]

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def queue_rows(cases: Iterable[Case], now: datetime) -> list[QueueRow]:
    """Two queries, however many cases; none for no case."""
    listed = list(cases)
    if not listed:
        return []
    edition, late = current_edition().content(), why_overdue(listed, now)
    return [
        QueueRow(
            case=case,
            classification=edition.item(Kind.OUTCOME, case.classification).title,
            urgency=URGENCY[case.response],
            is_urgent=case.urgency >= REFER,
            is_new=case.status == Status.NEW,
            is_open=case.status != Status.CLOSED,
            late=late.get(case.pk, ""),
            review_by=moment(case.review_due_at) if case.status in UNREVIEWED else "",
        )
        for case in listed
    ]


def open_drafts(user: User, *, most: int | None = MOST_DRAFTS) -> OpenDrafts:
    """The organisation's, most urgent first, then oldest first.

    Every open draft is looked at, so that the most urgent is at the top; that takes less than half
    a millisecond each. Those of a case, which change its answers, are part of that case.
    """
    drafts = open_only(drafts_of_organisation(user)).filter(amends="")
    rows = [_draft_row(draft) for draft in drafts]
    rows.sort(key=lambda row: (-row.level, row.draft.started_at, row.draft.pk))
    urgent = sum(bool(row.urgent) or row.is_urgent for row in rows)
    left = [row for row in rows if is_untouched(row.draft)]
    left.sort(key=lambda row: (row.draft.saved_at, row.draft.pk))
    return OpenDrafts(rows[:most], len(rows), urgent, left)


def _draft_row(draft: Draft) -> DraftRow:
    return DraftRow(
        draft=draft,
        people=people_of(draft),
        how_far=pages.how_far(draft),
        urgent=urgent_answers(draft.route.answers),
        level=RESPONSES.index(response_of(parse(answers_so_far(draft.answers)))),
    )
