"""Changing the answers of a case: the wizard on a copy, then a new version beside the old one."""

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from guidance.queries import current_edition
from referrals import alerts
from referrals.actions.assessing import first_words, save_assessment
from referrals.actions.submission import NotReady, is_complete
from referrals.chronology import add_event, lock_case
from referrals.deadlines import review_due_at
from referrals.models import Assessment, Case, EventKind, Status
from referrals.queries import cases_of_organisation
from referrals.retention.dates import COLUMNS, count_from
from referrals.states import AMEND, move
from referrals.withheld import look_again_on
from triage.actions import DraftEnded, copy_draft, lock, mark_submitted, told_of_version
from triage.model import assess
from triage.model.answers import parse
from triage.model.catalogue import RESPONSES
from triage.model.route import answers_so_far, replay
from triage.models import Draft
from triage.queries import own_amendments

# What a change of the answers changes of the case.
AMENDED = (
    *("status", "urgency", "classification"),
    *("words", "review_due_at", "parents_review_on"),
    *COLUMNS,
)


class Overtaken(Exception):
    """Somebody saved `newest` since `before`, which is what the page was opened with.

    Saving again, from a page that was opened with `newest`, goes on all the same.
    """

    def __init__(self, before: Assessment, newest: Assessment) -> None:
        super().__init__("the answers changed meanwhile")
        self.before, self.newest = before, newest


class Unchanged(Exception):
    """The copy holds what the newest assessment holds: there is nothing to save."""


@transaction.atomic
def start_amendment(*, case: Case, reason: str, seen: int, by: User) -> Draft:
    """A draft with the newest answers of a case, for `by` alone; the one begun, if there is one.

    Raises Changed and NotNow.
    """
    current = lock_case(case, seen=seen, by=by)
    move(current, AMEND)  # not saved: the status changes when the answers do
    return begun_amendment(current, by=by) or copy_draft(
        answers=stored_answers(current.assessment),
        amends=current.reference,
        version=current.assessment.version,
        reason=reason,
        restricted=current.restricted,
        edition=current_edition(),
        by=by,
    )


def begun_amendment(case: Case, *, by: User) -> Draft | None:
    """What `by` began already on the newest answers."""
    begun = own_amendments(by, case.reference).filter(amends_version=case.assessment.version)
    return begun.first()


def stored_answers(assessment: Assessment) -> dict[str, Any]:
    """Canonical answers as a draft stores them: every question answered that was asked.

    What the route settled without asking is left out. Where a change brings such a question up,
    nobody has answered it yet.
    """
    people = [{**person, "id": key} for key, person in assessment.people.items()]
    listed = "no_image" if assessment.answers["image_kind"] == "no_image" else "yes"
    stored = {**assessment.answers, "people": people, "people_listed": listed, "notes": ""}
    asked = {key for step in replay(stored).steps for key in step.asks}
    return {key: value for key, value in stored.items() if key in asked or key == "people"}


def save_amendment(*, draft: Draft, seen: int, by: User) -> Assessment:
    """A new version of the assessment. `seen` is the version that the page was opened with.

    Idempotent: submitted again it gives the version it made. Raises Unchanged, NotReady, NotNow,
    DraftEnded; Case.DoesNotExist for whoever may no longer see the case; and Overtaken when another
    version was saved since `seen`. That one is kept: the draft goes on from what its owner is told.
    """
    with transaction.atomic():
        saved = _save(draft, seen, by=by)
    if isinstance(saved, Overtaken):
        raise saved
    return saved


def _save(draft: Draft, seen: int, *, by: User) -> Assessment | Overtaken:
    # The case first, as everywhere: two locks taken in different orders could wait for each other.
    visible = cases_of_organisation(by).select_for_update(of=("self",), no_key=True)
    case = visible.get(reference=draft.amends)
    current = lock(draft, by=by)
    if current.submitted_at is not None:
        return case.assessments.get(made_by=by, made_at=current.submitted_at)
    if not current.is_open:
        raise DraftEnded
    before = case.status
    move(case, AMEND)
    if not is_complete(current):
        raise NotReady
    newest = case.assessment
    if newest.version != seen:
        told_of_version(current, newest.version)
        return _overtaken(case, seen)
    if _is_unchanged(current, newest):
        raise Unchanged
    return _save_version(case, current, was_reviewed=before == Status.REVIEWED, by=by)


def _overtaken(case: Case, seen: int) -> Overtaken:
    """What somebody posts may be no version at all; then the last change is told."""
    newest = case.assessment
    version = seen if 0 < seen < newest.version else max(newest.version - 1, 1)
    return Overtaken(case.assessments.get(version=version), newest)


def _is_unchanged(draft: Draft, newest: Assessment) -> bool:
    same_people = [person["id"] for person in draft.people] == list(newest.people)
    return same_people and parse(answers_so_far(draft.answers)).as_json() == newest.answers


def _save_version(case: Case, draft: Draft, *, was_reviewed: bool, by: User) -> Assessment:
    assessed = assess(parse(answers_so_far(draft.answers)))
    at = mark_submitted(draft, by=by)
    version = case.assessment.version + 1
    assessment = save_assessment(case, draft, assessed, by=by, at=at, version=version)
    before, case.urgency = case.urgency, RESPONSES.index(assessed.response)
    case.classification = assessment.classification
    case.words = f"{case.words}\n{first_words(draft)}"
    case.review_due_at = _due_at(case, before, at, was_reviewed=was_reviewed)
    case.parents_review_on = look_again_on(case)  # of people who may not be listed any more
    count_from(case)
    case.save(update_fields=AMENDED)
    data = {"version": str(version), "reason": draft.amend_reason}
    event = add_event(case, EventKind.AMENDED, by=by, data=data)
    if case.urgency > before:
        alerts.more_urgent(case, event, by=by)
    return assessment


def _due_at(case: Case, before: int, at: datetime, *, was_reviewed: bool) -> datetime:
    """By when it must be reviewed. More urgent than before may be sooner, never later.

    A review that took place has met its deadline: a new one is due from now.
    """
    fresh = review_due_at(case.organisation, case.response, at)
    if was_reviewed:
        return fresh
    return min(fresh, case.review_due_at) if case.urgency > before else case.review_due_at
