"""The home page: what each person has to do, by the roles they hold."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from accounts.queries import contacts_for
from accounts.roles import ROLES, Permission
from referrals.listing import ListedCase, listed_cases, listed_drafts
from referrals.models import Case
from referrals.queries import cases_of_organisation, own_cases
from triage.queries import drafts_of_organisation, open_only, own_drafts

PAGE_SIZE = 50


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {"roles": [ROLES[role] for role in user.roles]}
    if user.may(Permission.START_TRIAGE):
        context["own_drafts"] = listed_drafts(open_only(own_drafts(user)))
        context["own_cases"], context["own_page"] = _page(request, "own", own_cases(user))
    if user.may(Permission.SEE_ORGANISATION_CASES):
        everyones = drafts_of_organisation(user)
        context["open_drafts"] = listed_drafts(open_only(everyones), urgent_first=True)
        context["discarded"] = everyones.exclude(discarded_at=None).order_by("-discarded_at")
        context["cases"], context["page"] = _page(request, "cases", cases_of_organisation(user))
    if user.organisation and user.may(Permission.MANAGE_ORGANISATION):
        context["contacts"] = contacts_for(user.organisation)
    return render(request, "referrals/home.html", context)


def _page(
    request: SignedInRequest, name: str, cases: QuerySet[Case]
) -> tuple[list[ListedCase], Page]:
    """The page of cases that the address asks for by `name`; nonsense gets the first or last."""
    page = Paginator(cases, PAGE_SIZE).get_page(request.GET.get(name))
    return listed_cases(page.object_list), page
