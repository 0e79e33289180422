"""A blank form of the questions, to print for a day without power. It holds nothing of a case."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.queries import contacts_for
from accounts.roles import Permission
from guidance.content import Kind
from guidance.queries import current_edition
from triage import blank

PEOPLE = ("1", "2", "3")


@permission_required(Permission.START_TRIAGE)
@require_safe
def blank_form(request: SignedInRequest) -> HttpResponse:
    edition = current_edition().content()
    organisation = request.user.organisation
    context = {
        "edition": edition,
        "emergency": edition.item(Kind.PAGE, "emergency"),
        "warnings": blank.warnings(edition.item(Kind.PAGE, "start").body),
        "contacts": contacts_for(organisation) if organisation else (),
        "sections": blank.sections(edition),
        "people": PEOPLE,
    }
    return render(request, "triage/blank.html", context)
