"""What a safeguarding lead decides about a case: acknowledge, review, assign, restrict, close."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.queries import leads
from guidance.content import Facts
from referrals import alerts
from referrals.actions import planning
from referrals.chronology import add_event, lock_case
from referrals.models import Case, EventKind
from referrals.queries import leads_of, must_be_referred, referral_decided
from referrals.retention.dates import COLUMNS, count_from
from referrals.states import ACKNOWLEDGE, CLOSE, REOPEN, REVIEW, WORK, NotNow, move, why_not
from triage.actions import end_amendments
from triage.model.catalogue import RESPONSES, category_of
from triage.models import Draft

REFER_FIRST = (
    "The response to this case is to refer it. Record a referral to the police or to children’s "
    "social care, or a decision not to refer, before you close it."
)
RESTRICTED = "The case was restricted to others."
NOT_RESTRICTED = "This case is not restricted."

NAME_LEADS = "Name at least one safeguarding lead or deputy of your organisation, and nobody else."


@transaction.atomic
def acknowledge(*, case: Case, seen: int, by: User) -> Case:
    """Say that the case has been seen. Raises Changed and NotNow, as all of these do."""
    current = lock_case(case, seen=seen, by=by)
    move(current, ACKNOWLEDGE)
    current.save(update_fields=["status"])
    add_event(current, EventKind.ACKNOWLEDGED, by=by)
    return current


@transaction.atomic
def agree(*, case: Case, comment: str, seen: int, by: User) -> Case:
    """Review: the tool's own classification and response level hold."""
    current = lock_case(case, seen=seen, by=by)
    own = current.assessment
    data = {"decision": "agree", "reason": comment}
    return _reviewed(current, own.classification, own.result["response"], data, by=by)


@transaction.atomic
def override(
    *, case: Case, classification: str, response: str, reason: str, seen: int, by: User
) -> Case:
    """Review: another classification or level holds, for a reason; the tool's own stays beside."""
    current = lock_case(case, seen=seen, by=by)
    data = {"decision": "override", "reason": reason}
    return _reviewed(current, classification, response, data, by=by)


def _reviewed(
    case: Case, classification: str, response: str, data: dict[str, str], *, by: User
) -> Case:
    move(case, REVIEW)
    before = case.urgency
    case.classification, case.urgency = classification, RESPONSES.index(response)
    case.save(update_fields=["status", "classification", "urgency"])
    planning.add_steps_of(case, _facts(case))
    about = {"classification": classification, "response": response}
    version = {"version": str(case.assessment.version)}
    event = add_event(case, EventKind.REVIEWED, by=by, data=data | about | version)
    if case.urgency > before:
        alerts.more_urgent(case, event, by=by)
    return case


def _facts(case: Case) -> Facts:
    """What recommendations rest on, with the classification and level of the lead."""
    own = case.assessment.facts
    if (case.classification, case.response) == (case.assessment.classification, own.response):
        return own
    category, subtype = category_of(case.classification)
    return Facts(category=category, subtype=subtype, flags=own.flags, response=case.response)


@transaction.atomic
def assign(*, case: Case, to: User, seen: int, by: User) -> Case:
    """Give the case to one of the organisation's leads, who is told by e-mail."""
    current = lock_case(case, seen=seen, by=by)
    move(current, WORK)
    if not leads_of(current).filter(pk=to.pk).exists():
        raise NotNow("A case can be assigned to a safeguarding lead or deputy who may see it.")
    current.assignee = to
    current.save(update_fields=["assignee"])
    event = add_event(current, EventKind.ASSIGNED, by=by, data={"to": to.name})
    alerts.assigned(current, event, to=to, by=by)
    return current


@transaction.atomic
def restrict(*, case: Case, named: Collection[User], reason: str, seen: int, by: User) -> Case:
    """From now on only those named know that the case exists. Naming others again replaces them.

    Raises NotNow unless all of them are leads of the organisation who can sign in.
    """
    current = lock_case(case, seen=seen, by=by)
    named = set(named)
    if not named or not named <= set(leads(current.organisation)):
        raise NotNow(NAME_LEADS)
    current.restricted = True
    if current.assignee not in named:
        current.assignee = None
    current.save(update_fields=["restricted", "assignee"])
    current.named.set(named)
    _take_from_others(current, named, by=by)
    data = {"named": sorted(user.name for user in named), "reason": reason}
    add_event(current, EventKind.RESTRICTED, by=by, data=data)
    return current


def _take_from_others(case: Case, named: Collection[User], *, by: User) -> None:
    """What others hold of the case: its steps, drafts that change it, e-mail that still waits."""
    steps = case.recommendations.exclude(responsible=None)
    steps.exclude(responsible__in=named).update(responsible=None)
    alerts.restricted(case)
    _drafts_of(case).update(restricted=True)
    end_amendments(amends=case.reference, keep=named, reason=RESTRICTED, by=by)


@transaction.atomic
def lift_restriction(*, case: Case, reason: str, seen: int, by: User) -> Case:
    current = lock_case(case, seen=seen, by=by)
    if not current.restricted:
        raise NotNow(NOT_RESTRICTED)
    current.restricted = False
    current.save(update_fields=["restricted"])
    current.named.clear()
    _drafts_of(current).update(restricted=False)
    add_event(current, EventKind.UNRESTRICTED, by=by, data={"reason": reason})
    return current


def _drafts_of(case: Case) -> QuerySet[Draft]:
    return Draft.objects.filter(Q(pk=case.draft_id) | Q(amends=case.reference))


def why_not_close(case: Case) -> str:
    """Why a case cannot be closed as it stands; nothing where it can."""
    undecided = must_be_referred(case) and not referral_decided(case)
    return why_not(case, CLOSE) or (REFER_FIRST if undecided else "")


@transaction.atomic
def close(*, case: Case, outcome: str, summary: str, review_on: date, seen: int, by: User) -> Case:
    """Close a reviewed case. Raises NotNow too where referring it is still undecided."""
    current = lock_case(case, seen=seen, by=by)
    if refused := why_not_close(current):
        raise NotNow(refused)
    move(current, CLOSE)
    current.close_outcome, current.review_on = outcome, review_on
    count_from(current, closed_on=timezone.localdate())
    current.save(update_fields=["status", "close_outcome", "review_on", *COLUMNS])
    data = {"outcome": outcome, "summary": summary, "review_on": review_on.isoformat()}
    add_event(current, EventKind.CLOSED, by=by, data=data)
    return current


@transaction.atomic
def reopen(*, case: Case, reason: str, seen: int, by: User) -> Case:
    current = lock_case(case, seen=seen, by=by)
    move(current, REOPEN)
    current.close_outcome, current.review_on = "", None
    current.save(update_fields=["status", "close_outcome", "review_on"])
    add_event(current, EventKind.REOPENED, by=by, data={"reason": reason})
    return current
