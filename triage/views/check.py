"""Check your answers."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from guidance.content import Kind
from triage import pages
from triage.access import own_draft
from triage.models import Draft
from triage.summary import summary_of


@own_draft
@require_safe
def check(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """Everything answered, with change links; or on to what is still open."""
    if pages.next_url(draft) != request.path:
        return redirect(pages.next_url(draft))
    context = {
        "draft": draft,
        "summary": summary_of(draft),
        "back_url": pages.step_url(draft, draft.route.names[-1]),
        "step_name": "check",
        "emergency": draft.edition.content().item(Kind.PAGE, "emergency"),
    }
    return render(request, "triage/check.html", context)
