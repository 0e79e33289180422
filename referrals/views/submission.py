"""Turning a draft into a case: by POST alone, once, whatever is clicked."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from referrals import actions
from referrals.models import Case
from triage import pages
from triage.actions import DraftEnded
from triage.keep import keep_page, keep_person
from triage.queries import own_drafts

# A GET comes here only after signing in again: it leads back to the draft and submits nothing.
METHODS = ["GET", "HEAD", "POST"]


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def submit(request: SignedInRequest, draft_id: str) -> HttpResponse:
    draft = get_object_or_404(own_drafts(request.user), pk=draft_id)
    if request.method != "POST":
        return redirect(pages.next_url(draft))
    try:
        case = actions.submit(draft=draft, by=request.user)
    except (actions.NotReady, DraftEnded):
        return redirect(pages.next_url(draft))
    return to_outcome(case)


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def send_now(request: SignedInRequest, draft_id: str, step: str) -> HttpResponse:
    """What is valid on the page is kept first; then what is known becomes a case."""
    return _send(request, draft_id, partial(keep_page, step=step))


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def send_now_person(request: SignedInRequest, draft_id: str, person_id: str) -> HttpResponse:
    return _send(request, draft_id, partial(keep_person, person_id=person_id))


def _send(request: SignedInRequest, draft_id: str, keep: Callable[..., object]) -> HttpResponse:
    draft = get_object_or_404(own_drafts(request.user), pk=draft_id)
    if request.method != "POST":
        return redirect(pages.next_url(draft))
    keep_posted = partial(keep, data=request.POST, by=request.user)
    try:
        case = actions.send_now(draft=draft, keep=keep_posted, by=request.user)
    except DraftEnded:
        messages.error(request, "This triage was discarded, so nothing was sent.")
        return redirect("home")
    return to_outcome(case)


def to_outcome(case: Case) -> HttpResponse:
    return redirect("outcome", reference=case.reference)
