"""Changing the answers of a case: the wizard on a copy, then a new version beside the old one."""

from typing import Any

from django.db import transaction

from accounts.models import User
from guidance.queries import current_edition
from referrals.actions.assessing import first_words, save_assessment
from referrals.actions.submission import NotReady, is_complete
from referrals.chronology import add_event, lock_case
from referrals.models import Assessment, Case, EventKind
from referrals.queries import cases_of_organisation
from referrals.states import AMEND, move
from triage.actions import copy_draft, lock, mark_submitted
from triage.model import assess
from triage.model.answers import parse
from triage.model.catalogue import RESPONSES
from triage.model.route import answers_so_far
from triage.models import Draft


class Overtaken(Exception):
    """Somebody saved another version meanwhile: `assessment`. Submitting again goes on all the
    same, now that it is known."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__("the answers changed meanwhile")
        self.assessment = assessment


@transaction.atomic
def start_amendment(*, case: Case, reason: str, seen: int, by: User) -> Draft:
    """A draft with the newest answers of a case, for `by` alone. Raises Changed and NotNow."""
    current = lock_case(case, seen=seen, by=by)
    move(current, AMEND)  # not saved: the status changes when the answers do
    newest = current.assessment
    return copy_draft(
        answers=stored_answers(newest),
        amends=current.reference,
        version=newest.version,
        reason=reason,
        restricted=current.restricted,
        edition=current_edition(),
        by=by,
    )


def stored_answers(assessment: Assessment) -> dict[str, Any]:
    """Canonical answers as a draft stores them, every question answered."""
    people = [{**person, "id": key} for key, person in assessment.people.items()]
    listed = "no_image" if assessment.answers["image_kind"] == "no_image" else "yes"
    return {**assessment.answers, "people": people, "people_listed": listed, "notes": ""}


@transaction.atomic
def save_amendment(*, draft: Draft, by: User) -> Case:
    """A new version of the assessment. Raises NotReady, NotNow, DraftEnded; Case.DoesNotExist.

    Idempotent: submitted again it gives the case. Raises Overtaken, once, when another version was
    saved since the copy was made.
    """
    # The case first, as everywhere: two locks taken in different orders could wait for each other.
    case = cases_of_organisation(by).select_for_update(of=("self",)).get(reference=draft.amends)
    current = lock(draft, by=by)
    if current.submitted_at is not None:
        return case
    if not is_complete(current):
        raise NotReady
    newest = case.assessment
    if newest.version != current.amends_version:
        raise Overtaken(newest)
    return _save_version(case, current, newest, by=by)


def _save_version(case: Case, draft: Draft, newest: Assessment, *, by: User) -> Case:
    move(case, AMEND)
    assessed = assess(parse(answers_so_far(draft.answers)))
    at = mark_submitted(draft, by=by)
    save_assessment(case, draft, assessed, by=by, at=at, version=newest.version + 1)
    case.urgency = RESPONSES.index(assessed.response)
    case.classification = assessed.subtype or assessed.category
    case.words = f"{case.words}\n{first_words(draft)}"
    case.save(update_fields=["status", "urgency", "classification", "words"])
    case.__dict__.pop("assessment", None)
    data = {"version": str(newest.version + 1), "reason": draft.amend_reason}
    add_event(case, EventKind.AMENDED, by=by, data=data)
    return case
