"""How this tool decides: the rules as they are declared, each with its source."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.content import Kind
from guidance.queries import current_edition


@login_required
@require_safe
def how_it_decides(request: HttpRequest) -> HttpResponse:
    content = current_edition().content()
    return render(
        request, "triage/decides.html", {"page": content.item(Kind.PAGE, "how_it_decides")}
    )
