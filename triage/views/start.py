"""The start page, and starting a draft."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from guidance.content import Kind
from guidance.queries import current_edition
from triage import actions, pages


@permission_required(Permission.START_TRIAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST":
        return redirect(pages.next_url(actions.start_draft(by=request.user)))
    content = current_edition().content()
    context = {
        "start": content.item(Kind.PAGE, "start"),
        "emergency": content.item(Kind.PAGE, "emergency"),
    }
    return render(request, "triage/start.html", context)
