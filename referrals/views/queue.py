"""The queue of an organisation's safeguarding leads, and the search through it."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.models import User
from accounts.queries import leads
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from guidance.queries import current_edition
from referrals.forms.queue import FilterForm, SearchForm
from referrals.models import Case
from referrals.overdue import overdue
from referrals.queries import visible_cases
from referrals.queue.counts import Counts, Group, flag_counts, groups, needs_of
from referrals.queue.filters import Filters, column_filter
from referrals.queue.keys import page_of
from referrals.queue.rows import MOST_DRAFTS, open_drafts, queue_rows
from referrals.queue.search import search as search_cases
from referrals.retention.listing import number_due
from referrals.retention.tombstones import tombstone_of


@permission_required(Permission.SEE_ORGANISATION_CASES)
@require_safe
def cases(request: SignedInRequest) -> HttpResponse:
    """Open drafts and cases; the cases filtered as the address asks."""
    user, now = request.user, timezone.now()
    every = groups(visible_cases(user), now)
    every_draft = request.GET.get("drafts") == "all"
    context: dict[str, Any] = {
        "needs": needs_of(every, user.pk),
        "search": SearchForm(),
        "drafts": open_drafts(user, most=None if every_draft else MOST_DRAFTS),
        "retention_due": number_due(user) if every else 0,
    }
    if every:
        context |= _filtered(request, every, now)
    return render(request, "referrals/queue.html", context)


def _filtered(request: SignedInRequest, every: list[Group], now: datetime) -> dict[str, Any]:
    user = request.user
    edition, people = current_edition().content(), _assigned(user, every)
    form = FilterForm(request.GET, edition=edition, people=people, me=user.pk)
    asked = form.filters
    found = visible_cases(user).filter(asked.rest)
    same = every if asked.rest == Q() else groups(found, now)
    late = overdue(now) if asked.overdue else Q()
    columns = column_filter(asked.allowed(user.pk)) & late
    flags = flag_counts(visible_cases(user).filter(asked.days & columns))
    counts = Counts(same, flags, asked, user.pk)
    words = form.in_words(asked)
    form.count(counts)
    page = page_of(
        found.filter(columns),
        total=counts.total,
        after=request.GET.get("after"),
        before=request.GET.get("before"),
    )
    return {
        "form": form,
        "asked": asked,
        "filtering": asked != Filters(),
        "words": words,
        "page": page,
        "rows": queue_rows(page.cases, now),
    }


def _assigned(user: User, every: list[Group]) -> dict[int, str]:
    """The names of the leads, and of whoever has a case without being a lead any more."""
    assert user.organisation is not None  # noqa: S101 - somebody in none sees no case
    held = {group.assignee_id for group in every if group.assignee_id is not None}
    known = leads(user.organisation) | User.objects.filter(pk__in=held)
    return dict(known.values_list("pk", "name"))


@permission_required(Permission.SEE_ORGANISATION_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: SignedInRequest) -> HttpResponse:
    """Posted, and answered without a redirect: what was typed is in no address and no log."""
    user = request.user
    form = SearchForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "search": form}
    if form.is_valid():
        record_read(by=user, action=Act.CASES_SEARCHED, obj=user, organisation=user.organisation)
        words = form.cleaned_data["words"]
        context["tombstone"] = tombstone_of(user, "".join(words))
        context |= _found(request, search_cases(user, words))
    status = 422 if form.errors else 200
    return render(request, "referrals/search.html", context, status=status)


def _found(request: SignedInRequest, cases: QuerySet[Case]) -> dict[str, Any]:
    page = page_of(
        cases,
        total=cases.count(),
        after=request.POST.get("after"),
        before=request.POST.get("before"),
    )
    return {"page": page, "rows": queue_rows(page.cases, timezone.now())}
