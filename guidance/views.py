"""The guidance as a page to read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.content import Kind
from guidance.queries import current_edition

# In the order in which staff would look for them.
SECTIONS = (
    (Kind.PAGE, "Before you start"),
    (Kind.RESPONSE, "What to do right now"),
    (Kind.NEXT_STEP, "Next steps"),
    (Kind.PROCEDURE, "Procedures"),
    (Kind.OUTCOME, "What each classification means"),
    (Kind.FLAG, "Notes on what may be present"),
    (Kind.PART, "What each person needs"),
    (Kind.LAW, "The law in brief"),
    (Kind.QUESTION, "The questions"),
)


@require_safe
@login_required
def guidance(request: HttpRequest) -> HttpResponse:
    """The whole current edition, with a contents list."""
    edition = current_edition()
    content = edition.content()
    sections = [
        {"id": kind.folder, "title": title, "texts": content.of_kind(kind)}
        for kind, title in SECTIONS
    ]
    context = {"edition": edition, "content": content, "sections": sections}
    return render(request, "guidance/edition.html", context)
