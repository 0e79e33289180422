"""Scoped reads of cases: each starts from what the user may see."""

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.roles import Permission
from referrals.models import Assessment, Case

WITH_EDITION = Prefetch("assessments", Assessment.objects.select_related("edition"))


def own_cases(user: User) -> QuerySet[Case]:
    """The cases the user submitted, newest first."""
    if not user.may(Permission.SEE_OWN_CASES):
        return Case.objects.none()
    mine = Case.objects.filter(submitted_by=user, organisation=user.organisation)
    return mine.prefetch_related(WITH_EDITION).order_by("-submitted_at")


def cases_of_organisation(user: User) -> QuerySet[Case]:
    """Every case of the organisation, most urgent first, then oldest first."""
    if not user.may(Permission.SEE_ORGANISATION_CASES):
        return Case.objects.none()
    cases = Case.objects.filter(organisation=user.organisation)
    cases = cases.select_related("submitted_by").prefetch_related(WITH_EDITION)
    return cases.order_by("-urgency", "submitted_at")


def cases_with_outcome(user: User) -> QuerySet[Case]:
    """The cases whose outcome page the user may open: their own, or the organisation's."""
    if user.may(Permission.SEE_ORGANISATION_CASES):
        return cases_of_organisation(user)
    return own_cases(user)
