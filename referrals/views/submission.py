"""Turning a draft into a case: by POST alone, once, whatever is clicked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from referrals.actions import submission as actions
from referrals.models import Case
from referrals.views import amending
from triage import pages
from triage.actions import DraftEnded
from triage.keep import Posted, PostedPage, PostedPerson
from triage.models import Draft
from triage.queries import own_drafts, submittable

# A GET comes here only after signing in again: it leads back to the draft and submits nothing.
METHODS = ["GET", "HEAD", "POST"]


NOT_SENT = "Not sent yet, because you had to sign in again. Check this page, then press “{}” again."
SEND_NOW = "Send to the safeguarding lead now"
SUBMIT = "Submit and send to the safeguarding lead"
NOT_SAVED = (
    "Not saved yet, because you had to sign in again. Check this page, then press “Save the "
    "changed answers” again."
)
NOTHING_TO_SEND = "Nothing was sent: this changes a case that the safeguarding lead has already."


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def submit(request: SignedInRequest, draft_id: str) -> HttpResponse:
    drafts = submittable if request.method == "POST" else own_drafts
    draft = get_object_or_404(drafts(request.user), pk=draft_id)
    if request.method != "POST":
        return signed_in_again(request, draft, pages.next_url(draft), SUBMIT)
    if draft.amends:
        return amending.save(request, draft)
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
    if request.method != "POST":
        known = draft.route.reachable(step)
        back = pages.step_url(draft, step) if known else pages.next_url(draft)
        return signed_in_again(request, draft, back, SEND_NOW)
    return _send(request, draft, PostedPage(step, request.POST))


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def send_now_person(request: SignedInRequest, draft_id: str, person_id: str) -> HttpResponse:
    draft = get_object_or_404(own_drafts(request.user), pk=draft_id)
    if request.method != "POST":
        return signed_in_again(request, draft, pages.person_url(draft, person_id), SEND_NOW)
    return _send(request, draft, PostedPerson(person_id, request.POST))


def signed_in_again(request: SignedInRequest, draft: Draft, back: str, button: str) -> HttpResponse:
    """Back to the page that was posted from, told that nothing was sent; to the case if it was."""
    if draft.amends:
        return signed_in_again_to_amend(request, draft)
    if case := Case.objects.filter(draft=draft).first():
        return to_outcome(case)
    if draft.is_open:
        messages.warning(request, NOT_SENT.format(button))
    return redirect(back)


def signed_in_again_to_amend(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """The same for a change of a case's answers; one that has ended says so itself."""
    if draft.is_open:
        messages.warning(request, NOT_SAVED)
    return redirect(pages.next_url(draft))


def _send(request: SignedInRequest, draft: Draft, posted: Posted) -> HttpResponse:
    if draft.amends:
        messages.warning(request, NOTHING_TO_SEND)
        return redirect(pages.next_url(draft))
    try:
        case, lost = actions.send_now(draft=draft, posted=posted, by=request.user)
    except DraftEnded:
        messages.error(request, "This triage was discarded, so nothing was sent.")
        return redirect("home")
    for sentence in lost:
        messages.warning(request, sentence)
    return to_outcome(case)


def to_outcome(case: Case) -> HttpResponse:
    return redirect("outcome", reference=case.reference)
