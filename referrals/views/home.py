"""The home page: what each person has to do, by the roles they hold."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from accounts.models import User
from accounts.queries import contacts_for
from accounts.roles import ROLES, Permission
from referrals.forms.queue import SearchForm
from referrals.listing import ListedCase, listed_cases, listed_drafts
from referrals.models import Case
from referrals.queries import own_cases, visible_cases
from referrals.queue.counts import groups, needs_of
from referrals.queue.filters import Filters, column_filter
from referrals.queue.keys import page_of
from referrals.queue.rows import open_drafts, queue_rows
from referrals.retention.discarded import come
from referrals.retention.listing import number_due
from triage.queries import drafts_of_organisation, own_amendments, own_triages

PAGE_SIZE = 50
MOST_DISCARDED = 20


@login_required
@require_safe
def home(request: SignedInRequest) -> HttpResponse:
    user = request.user
    context: dict[str, Any] = {"roles": [ROLES[role] for role in user.roles]}
    if user.may(Permission.START_TRIAGE):
        context["own_drafts"] = listed_drafts(own_triages(user))
        context["amendments"] = own_amendments(user)
        context["own_cases"], context["own_page"] = _page(request, "own", own_cases(user))
    if user.may(Permission.SEE_ORGANISATION_CASES):
        context |= _leads_work(user) | _discarded(user, every=request.GET.get("discarded") == "all")
    if user.organisation and user.may(Permission.MANAGE_ORGANISATION):
        context["contacts"] = contacts_for(user.organisation)
    context["runs_service"] = user.may(Permission.RUN_SERVICE)
    return render(request, "referrals/home.html", context)


def _leads_work(user: User) -> dict[str, Any]:
    """What needs doing, the open drafts, and the first page of the cases that are not closed."""
    now, asked = timezone.now(), Filters()
    needs = needs_of(groups(visible_cases(user), now), user.pk)
    not_closed = visible_cases(user).filter(column_filter(asked.allowed(user.pk)))
    page = page_of(not_closed, total=needs.not_closed)
    return {
        "needs": needs,
        "search": SearchForm(),
        "drafts": open_drafts(user),
        "page": page,
        "rows": queue_rows(page.cases, now),
        "asked": asked,
        "retention_due": number_due(user) if needs.all else 0,
    }


def _discarded(user: User, *, every: bool) -> dict[str, Any]:
    """The triages that were discarded, newest first, how many there are, and how many are due."""
    ended = drafts_of_organisation(user).exclude(discarded_at=None).order_by("-discarded_at", "pk")
    return {
        "discarded": list(ended if every else ended[:MOST_DISCARDED]),
        **ended.aggregate(discarded_total=Count("pk"), discarded_due=Count("pk", filter=come())),
    }


def _page(
    request: SignedInRequest, name: str, cases: QuerySet[Case]
) -> tuple[list[ListedCase], Page]:
    """The page of own cases that the address asks for by `name`; nonsense gets the first or last.

    Each as it was worked out when it was sent: the safeguarding lead's record is not shown here.
    """
    page = Paginator(cases, PAGE_SIZE).get_page(request.GET.get(name))
    return listed_cases(page.object_list), page
