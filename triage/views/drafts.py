"""Ending a draft without a case, and the safeguarding lead's view of one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from triage import actions, pages
from triage.access import own_draft
from triage.forms import DiscardForm
from triage.model.urgent import urgent_answers
from triage.models import Draft
from triage.queries import drafts_of_organisation, is_untouched
from triage.summary import summary_of

DISCARDED = "The triage was discarded. Your safeguarding lead can read it."
CHANGE_DISCARDED = "The change was discarded. The case stays as it is."


@own_draft
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """Ask why, then end the draft. It stays readable for the safeguarding lead."""
    form = DiscardForm(request.POST or None, amends=bool(draft.amends))
    if request.method == "POST" and form.is_valid():
        actions.discard_draft(draft=draft, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, CHANGE_DISCARDED if draft.amends else DISCARDED)
        return redirect("home")
    context = {"draft": draft, "form": form, "back_url": pages.next_url(draft)}
    return render(request, "triage/discard.html", context, status=422 if form.is_bound else 200)


@permission_required(Permission.START_TRIAGE)
@require_safe
def read(request: SignedInRequest, draft_id: str) -> HttpResponse:
    """A draft of the organisation as it stands, open or ended. The reading is audited.

    404 for whoever is no safeguarding lead: they need not know that it exists.
    """
    draft = get_object_or_404(drafts_of_organisation(request.user), pk=draft_id)
    record_read(
        by=request.user, action=Act.DRAFT_READ_BY_DSL, obj=draft, organisation=draft.organisation
    )
    context = {
        "draft": draft,
        "summary": summary_of(draft),
        "urgent": urgent_answers(draft.route.answers),
        "how_far": pages.how_far(draft),
        "untouched": is_untouched(draft),
    }
    return render(request, "triage/read.html", context)
