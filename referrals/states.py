"""Where a case can go from where it stands: the whole state machine, as one table."""

from dataclasses import dataclass

from referrals.models import Case, Status


class NotNow(Exception):
    """The case does not stand where this can be done; the message says what to do instead."""


@dataclass(frozen=True)
class Step:
    """`leads_to` is None for what leaves the status as it is."""

    name: str
    allowed_from: frozenset[Status]
    leads_to: Status | None


OPEN = frozenset({Status.NEW, Status.ACKNOWLEDGED, Status.REVIEWED})
ACKNOWLEDGE = Step("acknowledge", frozenset({Status.NEW}), Status.ACKNOWLEDGED)
REVIEW = Step("review", OPEN, Status.REVIEWED)
# New answers make a new assessment, which nobody has reviewed yet.
AMEND = Step("amend", OPEN, Status.ACKNOWLEDGED)
WORK = Step("work on", OPEN, None)
CLOSE = Step("close", frozenset({Status.REVIEWED}), Status.CLOSED)
REOPEN = Step("reopen", frozenset({Status.CLOSED}), Status.REVIEWED)
STEPS = (ACKNOWLEDGE, REVIEW, AMEND, WORK, CLOSE, REOPEN)

INSTEAD = {
    Status.NEW: "Nobody has reviewed this case yet. Review it first.",
    Status.ACKNOWLEDGED: "This case is to be reviewed. Review it first.",
    Status.REVIEWED: "This case is open and reviewed already.",
    Status.CLOSED: "This case is closed. Reopen it first.",
}


def can(case: Case, step: Step) -> bool:
    return case.status in step.allowed_from


def why_not(case: Case, step: Step) -> str:
    """What to do instead, where the case does not stand where this can be done; else nothing."""
    return "" if can(case, step) else INSTEAD[Status(case.status)]


def move(case: Case, step: Step) -> None:
    """Set the status that the step leads to; the caller saves it. Raises NotNow."""
    if refused := why_not(case, step):
        raise NotNow(refused)
    if step.leads_to is not None:
        case.status = step.leads_to
