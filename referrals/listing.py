"""Rows of somebody's own drafts and cases, in words. Leads have those of referrals.queue."""

from collections.abc import Iterable
from dataclasses import dataclass

from referrals.models import Case
from referrals.urgency import URGENCY
from triage import pages
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


def listed_drafts(drafts: Iterable[Draft]) -> list[ListedDraft]:
    """Each draft with how far it is and what is urgent in it."""
    return [
        ListedDraft(
            draft=draft,
            people=people_of(draft),
            how_far=pages.how_far(draft),
            urgent=urgent_answers(draft.route.answers),
        )
        for draft in drafts
    ]


def people_of(draft: Draft) -> str:
    """Whom a draft is about, as it calls them."""
    return ", ".join(person["ref"] for person in draft.people) or "Nobody listed yet"


def listed_cases(cases: Iterable[Case]) -> list[ListedCase]:
    """Each case in words for whoever reported it: as it was worked out then, by the tool alone."""
    return [_as_sent(case) for case in cases]


def _as_sent(case: Case) -> ListedCase:
    response = case.first_assessment.result["response"]
    return ListedCase(
        case=case,
        classification=case.first_assessment.outcome.title,
        urgency=URGENCY[response],
        is_urgent=response in ("emergency", "refer_now"),
    )
