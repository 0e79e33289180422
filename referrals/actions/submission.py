"""From a draft to a recorded case. Atomic, with the audit record written inside."""

from django.db import transaction

from accounts.models import User
from audit.acts import Act
from audit.recorder import record
from referrals import alerts
from referrals.actions.assessing import first_words, save_assessment
from referrals.chronology import add_event
from referrals.deadlines import review_due_at
from referrals.models import Case, EventKind
from referrals.reference import new_reference
from referrals.retention.dates import COLUMNS, count_from
from triage.actions import lock, lock_open, mark_submitted
from triage.keep import Posted
from triage.model import assess
from triage.model.answers import parse
from triage.model.catalogue import RESPONSES
from triage.model.contradictions import contradictions
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
    current = _lock_triage(draft, by=by)
    if case := _case_of(current):
        return case
    if not is_complete(current):
        raise NotReady
    return _record(current, by=by)


@transaction.atomic
def send_now(*, draft: Draft, posted: Posted, by: User) -> tuple[Case, list[str]]:
    """Record a case from what is known so far; unknown is unknown.

    What can be kept of the page it was sent from is stored first, in the same transaction; comes
    with a sentence for whatever of it is not in the case. Idempotent as `submit`; raises
    DraftEnded for a discarded draft.
    """
    current = _lock_triage(draft, by=by)
    if case := _case_of(current):
        return case, [] if posted.is_in(current) else [TOO_LATE]
    lost = posted.keep(current, by=by) if current.is_open else []
    return _record(current, by=by), lost


def _lock_triage(draft: Draft, *, by: User) -> Draft:
    """A mistake of the program must not make a second case of one whose answers are changed."""
    current = lock(draft, by=by)
    if current.amends:
        raise ValueError("an amendment makes no case: referrals.actions.amending saves it")
    return current


def _case_of(draft: Draft) -> Case | None:
    """The case of this draft; asked for under the draft's lock, so that a second one waits."""
    return Case.objects.filter(draft=draft).first()


def is_complete(draft: Draft) -> bool:
    return draft.route.first_open is None and not contradictions(draft.route.answers)


def _record(draft: Draft, *, by: User) -> Case:
    current = lock_open(draft, by=by)
    assessed = assess(parse(answers_so_far(current.answers)))
    at = mark_submitted(current, by=by)
    case = Case.objects.create(
        reference=_unused_reference(),
        organisation=current.organisation,
        draft=current,
        submitted_by=by,
        submitted_at=at,
        sent_early=not is_complete(current),
        notes=current.notes,
        urgency=RESPONSES.index(assessed.response),
        classification=assessed.subtype or assessed.category,
        review_due_at=review_due_at(current.organisation, assessed.response, at),
        words=first_words(current),
    )
    save_assessment(case, current, assessed, by=by, at=at)
    count_from(case)
    case.save(update_fields=COLUMNS)
    add_event(case, EventKind.RECEIVED, by=by)
    alerts.new_case(case, by=by)
    record(by=by, action=Act.CASE_RECORDED, obj=case, organisation=case.organisation)
    return case


def _unused_reference() -> str:
    """Unique by constraint too: were one drawn twice at once, the second submission fails whole."""
    while Case.objects.filter(reference=(reference := new_reference())).exists():
        continue
    return reference
