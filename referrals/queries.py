"""Scoped reads of cases: each starts from what the user may see."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import User
from accounts.queries import leads
from accounts.roles import Permission
from referrals.models import Assessment, Case, EventKind
from triage.model.catalogue import RESPONSES

WITH_EDITION = Prefetch("assessments", Assessment.objects.select_related("edition"))


def own_cases(user: User) -> QuerySet[Case]:
    """The cases the user submitted, newest first; none that was restricted since."""
    if not user.may(Permission.SEE_OWN_CASES):
        return Case.objects.none()
    mine = Case.objects.filter(submitted_by=user, organisation=user.organisation, restricted=False)
    return mine.prefetch_related(WITH_EDITION).order_by("-submitted_at")


def visible_cases(user: User) -> QuerySet[Case]:
    """Every case of the organisation, but a restricted one only for those named on it."""
    if not user.may(Permission.SEE_ORGANISATION_CASES):
        return Case.objects.none()
    named = Case.named.through.objects.filter(case=OuterRef("pk"), user=user)
    cases = Case.objects.filter(organisation=user.organisation)
    return cases.filter(Q(restricted=False) | Exists(named))


def cases_of_organisation(user: User) -> QuerySet[Case]:
    """The cases the user may see as a safeguarding lead, most urgent first, then oldest first."""
    cases = visible_cases(user).select_related("submitted_by", "assignee", "organisation", "hold")
    return cases.prefetch_related(WITH_EDITION).order_by("-urgency", "submitted_at", "pk")


def cases_with_outcome(user: User) -> QuerySet[Case]:
    """The cases whose outcome page the user may open: their own, or the organisation's."""
    if user.may(Permission.SEE_ORGANISATION_CASES):
        return cases_of_organisation(user)
    return own_cases(user)


REFER = RESPONSES.index("refer_now")
MUST_KNOW = ("police", "childrens_social_care")
LEADER = ("leader_name", "leader_position")


def must_be_referred(case: Case) -> bool:
    """Whether the tool or a safeguarding lead says "refer now" or "emergency".

    The tool's own level counts still when a lead has set a lower one: that takes a decision, too.
    """
    return max(case.urgency, RESPONSES.index(case.assessment.result["response"])) >= REFER


TRUST = {"position_of_trust", "position_of_trust_unknown"}


def suggests_restriction(case: Case) -> bool:
    """Whether an adult of the case is, or could be, somebody in a position of trust, as staff are:
    then a lead is asked whether everybody may know of it."""
    return not case.restricted and not TRUST.isdisjoint(case.assessment.result["flags"])


def referral_decided(case: Case) -> bool:
    """Whether it was referred to the police or social care, or a leader agreed that it is not.

    A decision not to refer holds for the level it was taken at: a higher one asks for it anew.
    """
    tools = {str(row.version): row.result["response"] for row in case.assessments.all()}
    level, agreed = RESPONSES.index(tools["1"]), False
    for event in case.events.all():
        if event.kind == EventKind.REFERRAL and event.data.get("agency") in MUST_KNOW:
            return True
        if event.kind == EventKind.NOT_REFERRED:
            agreed = all(event.data.get(key) for key in LEADER)
        if event.kind in (EventKind.AMENDED, EventKind.REVIEWED):
            of_the_tool = tools[event.data["version"]]
            now = _level(of_the_tool, event.data.get("response", of_the_tool))
            level, agreed = now, agreed and now <= level
    return agreed


def _level(*responses: str) -> int:
    return max(RESPONSES.index(response) for response in responses)


def leads_of(case: Case) -> QuerySet[User]:
    """The safeguarding leads and deputies who may see the case: who it can be assigned to."""
    found = leads(case.organisation)
    return found.filter(pk__in=case.named.values("pk")) if case.restricted else found


def may_do_steps(case: Case) -> list[User]:
    """Who can be responsible for a step: the leads, and whoever reported it, unless restricted."""
    people = list(leads_of(case))
    reporter = case.submitted_by
    if reporter not in people and own_cases(reporter).filter(pk=case.pk).exists():
        people.append(reporter)
    return people
