"""The case page as data: where the case stands, its plan, its referrals, its chronology."""

from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from referrals import states
from referrals.entries import Line, line_of, step_title
from referrals.models import UNREVIEWED, Case, Event, EventKind, Recommendation
from referrals.overdue import moment
from referrals.queries import must_be_referred, referral_decided
from referrals.records import OFFERED
from referrals.withheld import Withheld, withheld

LATEST = 5


@dataclass(frozen=True)
class Referral:
    """A referral and what was heard of it since, oldest first."""

    line: Line
    news: list[Line]


@dataclass(frozen=True)
class PlanRow:
    step: Recommendation
    title: str
    overdue: bool


@dataclass(frozen=True)
class ChronologyLine:
    """An entry with the numbers of the entries that point back to it."""

    line: Line
    later: list[int]


class Chronology:
    """All entries of a case in words, read once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.edition = case.assessment.edition.content()

    @cached_property
    def events(self) -> list[Event]:
        return list(self.case.events.select_related("entered_by", "about"))

    def line(self, event: Event) -> Line:
        return line_of(event, self.edition)

    def lines(self, *, newest_first: bool = False) -> list[ChronologyLine]:
        """By when it happened: an entry written down later stands where it belongs."""
        order = sorted(self.events, key=lambda e: (e.happened_at, e.number), reverse=newest_first)
        return [ChronologyLine(self.line(event), self._later(event)) for event in order]

    def _later(self, event: Event) -> list[int]:
        return [other.number for other in self.events if other.about_id == event.pk]

    def of_kind(self, kind: EventKind) -> list[Event]:
        return [event for event in self.events if event.kind == kind]


class Overview:
    """Where a case stands."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.chronology = Chronology(case)
        self.offered = OFFERED

    @property
    def seen(self) -> int:
        """The newest entry, for the forms on the page."""
        return self.chronology.events[-1].number if self.chronology.events else 0

    @property
    def is_new(self) -> bool:
        return states.can(self.case, states.ACKNOWLEDGE)

    @property
    def is_open(self) -> bool:
        return states.can(self.case, states.WORK)

    @property
    def to_review(self) -> bool:
        return self.case.status in UNREVIEWED

    @property
    def can_close(self) -> bool:
        return states.can(self.case, states.CLOSE)

    @property
    def late(self) -> bool:
        """Not reviewed in the organisation's time."""
        return self.to_review and self.case.review_due_at < timezone.now()

    @property
    def review_by(self) -> str:
        """By when somebody must have reviewed it, in words."""
        return moment(self.case.review_due_at)

    @property
    def acknowledged(self) -> Line | None:
        return self._last(EventKind.ACKNOWLEDGED)

    @property
    def review(self) -> Line | None:
        """The newest review; of answers changed since when the case is to be reviewed again."""
        return self._last(EventKind.REVIEWED)

    @property
    def overridden(self) -> bool:
        events = self.chronology.of_kind(EventKind.REVIEWED)
        return bool(events) and events[-1].data["decision"] == "override"

    @property
    def other_response(self) -> bool:
        """Whether a lead's own response holds in place of the tool's."""
        return self.case.response != self.case.assessment.result["response"]

    def _last(self, kind: EventKind) -> Line | None:
        events = self.chronology.of_kind(kind)
        return self.chronology.line(events[-1]) if events else None

    @property
    def referral_undecided(self) -> bool:
        """Whether it still has to be referred, or a decision not to has to be recorded."""
        return self.is_open and must_be_referred(self.case) and not referral_decided(self.case)

    @property
    def referrals(self) -> list[Referral]:
        news = self.chronology.of_kind(EventKind.REFERRAL_NEWS)
        return [
            Referral(
                self.chronology.line(event),
                [self.chronology.line(later) for later in news if later.about_id == event.pk],
            )
            for event in self.chronology.of_kind(EventKind.REFERRAL)
        ]

    @property
    def not_referred(self) -> list[Line]:
        events = self.chronology.of_kind(EventKind.NOT_REFERRED)
        return [self.chronology.line(event) for event in events]

    @property
    def latest(self) -> list[Line]:
        return [self.chronology.line(event) for event in reversed(self.chronology.events[-LATEST:])]

    @property
    def parents_to_look_at(self) -> list[Withheld]:
        """Whose parents were not told for now, where the day to look at that again has come."""
        found = withheld(self.case.assessments.all(), self.chronology.events)
        today = timezone.localdate()
        return [one for one in found if self.is_open and one.review_on <= today]

    # The plan.
    @cached_property
    def _steps(self) -> list[Recommendation]:
        steps = self.case.recommendations.select_related("responsible", "assessment__edition")
        return list(steps.order_by("order"))

    @property
    def next_steps(self) -> list[PlanRow]:
        """What is recommended now, in the edition's order, then what was added."""
        return self._rows(Recommendation.Kind.NEXT_STEP) + self._rows(Recommendation.Kind.ADDED)

    @property
    def procedures(self) -> list[PlanRow]:
        return self._rows(Recommendation.Kind.PROCEDURE)

    def _rows(self, kind: Recommendation.Kind) -> list[PlanRow]:
        newest = self.case.assessment.pk
        return [
            self._row(step)
            for step in self._steps
            if step.kind == kind and step.assessment_id in (None, newest)
        ]

    @property
    def no_longer(self) -> list[PlanRow]:
        """What an older assessment recommended and the newest does not, with what became of it."""
        newest = self.case.assessment.pk
        now = {(step.kind, step.key) for step in self._steps if step.assessment_id == newest}
        older = {
            (step.kind, step.key): step
            for step in self._steps
            if step.assessment_id not in (None, newest) and (step.kind, step.key) not in now
        }
        return [self._row(step) for step in older.values()]

    def _row(self, step: Recommendation) -> PlanRow:
        edition = step.assessment.edition.content() if step.assessment else self.chronology.edition
        to_do = step.progress == Recommendation.Progress.TO_DO
        overdue = to_do and step.due is not None and step.due < timezone.localdate()
        return PlanRow(step, step_title(step.key or step.text, edition), overdue and self.is_open)

    @property
    def to_do(self) -> list[PlanRow]:
        to_do = Recommendation.Progress.TO_DO
        return [row for row in self.next_steps if row.step.progress == to_do]
