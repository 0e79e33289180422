"""What whoever reported a case sees of its progress: that it arrived, that it was seen, what they
are asked to do. Nothing else of the safeguarding lead's record."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from accounts.models import User
from referrals.entries import step_title
from referrals.models import Case, EventKind, Recommendation, Status

SEEN_BY = (EventKind.ACKNOWLEDGED, EventKind.REVIEWED)
WORDS = {
    Status.NEW: "Your safeguarding lead has not acknowledged it yet. If it is urgent, call them.",
    Status.ACKNOWLEDGED: "Your safeguarding lead has seen it.",
    Status.REVIEWED: "Your safeguarding lead is working on it.",
    Status.CLOSED: "Your safeguarding lead has closed it. If you learn anything new, tell them.",
}


@dataclass(frozen=True)
class Asked:
    """A step that this person was asked to do."""

    title: str
    progress: str
    due: date | None


class Receipt:
    """Of one case, for one person."""

    def __init__(self, case: Case, reader: User) -> None:
        self.case, self.reader = case, reader

    @property
    def status(self) -> str:
        return WORDS[Status(self.case.status)]

    @property
    def judged_otherwise(self) -> bool:
        """Whether another response holds now than the one this person was told."""
        return self.case.response != self.case.first_assessment.result["response"]

    @cached_property
    def acknowledged_at(self) -> datetime | None:
        seen = self.case.events.filter(kind__in=SEEN_BY)
        return seen.values_list("entered_at", flat=True).first()

    @cached_property
    def asked(self) -> list[Asked]:
        """Steps this person is responsible for: of the newest assessment, or added by a lead.

        Nothing is asked of anybody once the case is closed.
        """
        if self.case.status == Status.CLOSED:
            return []
        newest = self.case.assessment
        steps = self.case.recommendations.filter(responsible=self.reader).order_by("kind", "order")
        edition = newest.edition.content()
        return [
            Asked(step_title(step.key or step.text, edition), step.get_progress_display(), step.due)
            for step in steps
            if step.kind == Recommendation.Kind.ADDED or step.assessment_id == newest.pk
        ]
