"""Everything that makes or changes a case. Atomic, with the audit record written inside."""

from django.db import transaction

from accounts.models import User
from audit.acts import Act
from audit.recorder import record
from guidance.queries import current_edition
from guidance.recommend import recommend
from referrals.models import Assessment, Case, Recommendation
from referrals.reference import new_reference
from triage.actions import lock, lock_open, mark_submitted
from triage.keep import Posted
from triage.model import Assessment as Assessed
from triage.model import assess
from triage.model.answers import Answers, parse
from triage.model.catalogue import RESPONSES
from triage.model.contradictions import contradictions
from triage.model.effects import effects_of
from triage.model.route import answers_so_far
from triage.models import Draft

TOO_LATE = (
    "A case had already been made from this triage. What you have just added is not in it: "
    "tell your safeguarding lead."
)


class NotReady(Exception):
    """A question is still open, or two answers contradict each other."""


@transaction.atomic
def submit(*, draft: Draft, by: User) -> Case:
    """Record the case of a complete draft. Raises NotReady; DraftEnded for a discarded one.

    Idempotent: a draft submitted before gives the case it made then.
    """
    current = lock(draft, by=by)
    if case := _case_of(current):
        return case
    if not _complete(current):
        raise NotReady
    return _record(current, by=by)


@transaction.atomic
def send_now(*, draft: Draft, posted: Posted, by: User) -> tuple[Case, list[str]]:
    """Record a case from what is known so far; unknown is unknown.

    What can be kept of the page it was sent from is stored first, in the same transaction; comes
    with a sentence for whatever of it is not in the case. Idempotent as `submit`; raises
    DraftEnded for a discarded draft.
    """
    current = lock(draft, by=by)
    if case := _case_of(current):
        return case, [] if posted.is_in(current) else [TOO_LATE]
    lost = posted.keep(current, by=by) if current.is_open else []
    return _record(current, by=by), lost


def _case_of(draft: Draft) -> Case | None:
    """The case of this draft; asked for under the draft's lock, so that a second one waits."""
    return Case.objects.filter(draft=draft).first()


def _complete(draft: Draft) -> bool:
    return draft.route.first_open is None and not contradictions(draft.route.answers)


def _record(draft: Draft, *, by: User) -> Case:
    current = lock_open(draft, by=by)
    answers = parse(answers_so_far(current.answers))
    assessed = assess(answers)
    case = Case.objects.create(
        reference=_unused_reference(),
        organisation=current.organisation,
        draft=current,
        submitted_by=by,
        submitted_at=mark_submitted(current, by=by),
        sent_early=not _complete(current),
        notes=current.notes,
        urgency=RESPONSES.index(assessed.response),
    )
    _save_assessment(case, answers, assessed, by=by)
    record(by=by, action=Act.CASE_RECORDED, obj=case, organisation=case.organisation)
    return case


def _save_assessment(case: Case, answers: Answers, assessed: Assessed, *, by: User) -> None:
    """Save what was worked out, and a row for everything recommended, in the edition's order."""
    edition = current_edition()
    assessment = Assessment.objects.create(
        case=case,
        answers=answers.as_json(),
        result=assessed.as_json(),
        open_effects=[effect.as_json() for effect in effects_of(answers, assessed)],
        edition=edition,
        made_by=by,
        made_at=case.submitted_at,
    )
    wanted = recommend(edition.content(), assessment.facts)
    Recommendation.objects.bulk_create(
        Recommendation(case=case, assessment=assessment, kind=item.kind, key=item.key, order=order)
        for items in (wanted.procedures, wanted.next_steps)
        for order, item in enumerate(items)
    )


def _unused_reference() -> str:
    """Unique by constraint too: were one drawn twice at once, the second submission fails whole."""
    while Case.objects.filter(reference=(reference := new_reference())).exists():
        continue
    return reference
