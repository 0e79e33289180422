"""Check your answers."""

from typing import Any

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
    return check_page(request, draft)


def check_page(
    request: SignedInRequest,
    draft: Draft,
    *,
    template: str = "triage/check.html",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The page itself, for a complete draft; `template` and `context` are what is said besides."""
    context = {
        **context,
        "draft": draft,
        "summary": summary_of(draft),
        "back_url": pages.step_url(draft, draft.route.names[-1]),
        "step_name": "check",
        "emergency": draft.edition.content().item(Kind.PAGE, "emergency"),
    }
    return render(request, template, context, status=status)
