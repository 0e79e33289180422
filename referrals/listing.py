"""Rows of the home page: drafts and cases in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from referrals.models import Case
from referrals.urgency import URGENCY
from triage import pages
from triage.model.catalogue import RESPONSES
from triage.model.urgent import urgent_answers
from triage.models import Draft


@dataclass(frozen=True)
class ListedDraft:
    draft: Draft
    people: str
    how_far: str
    urgent: list[str]


@dataclass(frozen=True)
class ListedCase:
    case: Case
    classification: str
    urgency: str
    is_urgent: bool


def listed_drafts(drafts: Iterable[Draft], *, urgent_first: bool = False) -> list[ListedDraft]:
    """Each draft with how far it is and what is urgent in it; urgent ones first if asked."""
    rows = [
        ListedDraft(
            draft=draft,
            people=", ".join(person["ref"] for person in draft.people) or "Nobody listed yet",
            how_far=pages.how_far(draft),
            urgent=urgent_answers(draft.route.answers),
        )
        for draft in drafts
    ]
    return sorted(rows, key=lambda row: not row.urgent) if urgent_first else rows


def listed_cases(cases: Iterable[Case]) -> list[ListedCase]:
    """Each case with its classification and response level in words."""
    return [
        ListedCase(
            case=case,
            classification=case.assessment.outcome.title,
            urgency=URGENCY[RESPONSES[case.urgency]],
            is_urgent=RESPONSES[case.urgency] in ("emergency", "refer_now"),
        )
        for case in cases
    ]
