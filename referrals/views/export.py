"""All that is held on one person: on a page to read and print, and as files."""

import re

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.models import User
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from referrals.export import account, files
from referrals.export.held import Held
from referrals.export.person import held_on
from referrals.export.words import line_of
from referrals.identities import people_of
from referrals.models import Case
from referrals.views.casework import case_page
from referrals.views.identities import identity_url

NAME, MY_NAME = "everything-held", "held-on-an-account"
ACTS_HEAD = ("When", "What", "On what", "Number")
# A row's id: digits of a number that fits its column.
KEY = re.compile(r"[0-9]{1,18}", re.ASCII)


@case_page
@require_safe
def held(request: SignedInRequest, case: Case, person_id: str) -> HttpResponse:
    """The page. One row of the audit for each case that it is from, as for each of these."""
    found = _held(request, case, person_id, Act.HELD_READ)
    context = {
        "case": case,
        "person_id": person_id,
        "held": found,
        "back_url": identity_url(case, person_id),
        "look_through": files.LOOK_THROUGH,
    }
    return render(request, "referrals/held.html", context)


@case_page
@require_safe
def held_csv(request: SignedInRequest, case: Case, person_id: str) -> HttpResponse:
    found = _held(request, case, person_id, Act.HELD_EXPORTED)
    return files.csv_file(NAME, files.HEAD, files.held_rows(found))


@case_page
@require_safe
def held_json(request: SignedInRequest, case: Case, person_id: str) -> HttpResponse:
    found = _held(request, case, person_id, Act.HELD_EXPORTED)
    return files.json_file(NAME, files.held_data(found))


def _held(request: SignedInRequest, case: Case, person_id: str, act: Act) -> Held:
    """Raises Http404 where the case has no such person, PermissionDenied for who may not export."""
    if not request.user.may(Permission.EXPORT_CASES):
        raise PermissionDenied
    if person_id not in people_of(case):
        raise Http404
    found = held_on(case, person_id, request.user)
    for one in found.cases:
        record_read(by=request.user, action=act, obj=one.case, organisation=case.organisation)
    return found


@login_required
@require_safe
def held_on_me(request: SignedInRequest) -> HttpResponse:
    return _account_page(request, request.user, mine=True)


@login_required
@require_safe
def held_on_me_csv(request: SignedInRequest) -> HttpResponse:
    return _account_file(request, request.user, mine=True)


@permission_required(Permission.MANAGE_ORGANISATION)
@require_safe
def held_on_user(request: SignedInRequest, user_id: int) -> HttpResponse:
    """For a manager who is asked by one of the organisation's people, or by one who left."""
    return _account_page(request, _one_of_ours(request, user_id), mine=False)


@permission_required(Permission.MANAGE_ORGANISATION)
@require_safe
def held_on_user_csv(request: SignedInRequest, user_id: int) -> HttpResponse:
    return _account_file(request, _one_of_ours(request, user_id), mine=False)


def _one_of_ours(request: SignedInRequest, user_id: int) -> User:
    if request.user.organisation is None:
        raise PermissionDenied
    return get_object_or_404(User, pk=user_id, organisation=request.user.organisation)


def _account_page(request: SignedInRequest, user: User, *, mine: bool) -> HttpResponse:
    _record(request, user, Act.ACCOUNT_READ)
    acts = account.acts_of(user) if mine else account.acts_for_a_manager(user)
    before = request.GET.get("before", "")
    context = {
        "person": user,
        "mine": mine,
        "facts": [*account.facts(user), *(account.numbers(user) if mine else ())],
        "page": account.acts_page(acts, int(before) if KEY.fullmatch(before) else None),
    }
    return render(request, "referrals/held_account.html", context)


def _account_file(request: SignedInRequest, user: User, *, mine: bool) -> HttpResponse:
    """Everything that the page shows, all its acts included."""
    _record(request, user, Act.ACCOUNT_EXPORTED)
    facts = [*account.facts(user), *(account.numbers(user) if mine else ())]
    acts = account.acts_of(user) if mine else account.acts_for_a_manager(user)
    rows = [(files.moment(item.at), item.what, item.text, "") for item in facts]
    lines = map(line_of, acts)
    rows += [(files.moment(line.at), line.what, line.on_what, line.number) for line in lines]
    return files.csv_file(MY_NAME, ACTS_HEAD, rows)


def _record(request: SignedInRequest, user: User, act: Act) -> None:
    record_read(by=request.user, action=act, obj=user, organisation=user.organisation)
