"""Turning a draft into a case: by POST alone, once, whatever is clicked."""

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
from triage.models import Draft
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
    draft = get_object_or_404(own_drafts(request.user), pk=draft_id)
    if request.method == "POST" and draft.is_open:
        keep_page(draft=draft, step=step, data=request.POST, by=request.user)
    return _send(request, draft)


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def send_now_person(request: SignedInRequest, draft_id: str, person_id: str) -> HttpResponse:
    draft = get_object_or_404(own_drafts(request.user), pk=draft_id)
    if request.method == "POST" and draft.is_open:
        keep_person(draft=draft, person_id=person_id, data=request.POST, by=request.user)
    return _send(request, draft)


def _send(request: SignedInRequest, draft: Draft) -> HttpResponse:
    if request.method != "POST":
        return redirect(pages.next_url(draft))
    try:
        return to_outcome(actions.send_now(draft=draft, by=request.user))
    except DraftEnded:
        messages.error(request, "This triage was discarded, so nothing was sent.")
        return redirect("home")


def to_outcome(case: Case) -> HttpResponse:
    return redirect("outcome", reference=case.reference)
