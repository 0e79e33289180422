"""How this tool decides: the rules as they are declared, each with its source."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.content import Kind
from guidance.queries import current_edition
from triage.model.flags import FLAG_RULES
from triage.model.response import RESPONSE_RULES
from triage.model.rules import RULES, SCOPE
from triage.model.subtypes import EXPERIMENTAL_RULES


@login_required
@require_safe
def how_it_decides(request: HttpRequest) -> HttpResponse:
    """The page and the program read one declaration, so the page cannot say something else."""
    edition = current_edition().content()
    context = {
        "page": edition.item(Kind.PAGE, "how_it_decides"),
        "groups": [
            ("First: does this guidance cover it?", [SCOPE]),
            ("Aggravated, in the order in which they name an incident", RULES),
            ("Experimental, only when no aggravated rule holds or is open", EXPERIMENTAL_RULES),
            ("How urgently who must be told: the first that holds", RESPONSE_RULES),
        ],
        "flags": [(edition.item(Kind.FLAG, flag.id), flag) for flag in FLAG_RULES],
    }
    return render(request, "triage/decides.html", context)
