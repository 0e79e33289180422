"""What a safeguarding lead does with an open triage that nobody goes on with."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from triage import actions, pages
from triage.forms import DiscardForm
from triage.queries import drafts_of_organisation, is_untouched

METHODS = ["GET", "HEAD", "POST"]
TAKEN = "This triage is yours now. Answer what is open, then send it."
DISCARDED = "The triage was discarded. It can still be read, with your reason."
NOT_UNTOUCHED = (
    "Somebody has gone on with this triage meanwhile, or it has ended. Nothing was changed."
)


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def take_over(request: SignedInRequest, draft_id: str) -> HttpResponse:
    """By POST; a GET comes here only after signing in again, and leads back to the triage."""
    draft = get_object_or_404(drafts_of_organisation(request.user), pk=draft_id)
    if request.method != "POST":
        return redirect("triage_read", draft_id=draft.pk)
    try:
        taken = actions.take_over(draft=draft, by=request.user)
    except actions.NotUntouched:
        messages.warning(request, NOT_UNTOUCHED)
        return redirect("triage_read", draft_id=draft.pk)
    messages.success(request, TAKEN)
    return redirect(pages.next_url(taken))


@permission_required(Permission.START_TRIAGE)
@require_http_methods(METHODS)
def end(request: SignedInRequest, draft_id: str) -> HttpResponse:
    """Ask why, then discard it. It stays readable, with the reason."""
    draft = get_object_or_404(drafts_of_organisation(request.user), pk=draft_id)
    form = DiscardForm(request.POST if request.method == "POST" else None)
    if not is_untouched(draft):
        messages.warning(request, NOT_UNTOUCHED)
        return redirect("triage_read", draft_id=draft.pk)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            actions.discard_untouched(draft=draft, reason=reason, by=request.user)
        except actions.NotUntouched:
            messages.warning(request, NOT_UNTOUCHED)
        else:
            messages.success(request, DISCARDED)
        return redirect("triage_read", draft_id=draft.pk)
    context = {"draft": draft, "form": form}
    return render(request, "triage/end.html", context, status=422 if form.is_bound else 200)
