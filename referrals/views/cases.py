"""The full page of a case, for the organisation's safeguarding leads."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from guidance.content import Kind
from referrals.identities import identity_rows
from referrals.outcome import Outcome
from referrals.overview import Overview
from referrals.queries import cases_of_organisation, suggests_restriction
from referrals.urgency import URGENCY
from referrals.versions import versions_of
from triage.summary import in_sections


@permission_required(Permission.SEE_OWN_CASES)
@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """404 for whoever is no safeguarding lead of the organisation: they need not know it exists."""
    found = get_object_or_404(cases_of_organisation(request.user), reference=reference)
    record_read(by=request.user, action=Act.CASE_READ, obj=found, organisation=found.organisation)
    outcome = Outcome(found)
    stored = {**outcome.answers, "notes": found.notes}
    context = {
        "case": found,
        "outcome": outcome,
        "overview": Overview(found),
        "identities": identity_rows(found, request.user),
        "versions": versions_of(found),
        "suggests_restriction": suggests_restriction(found),
        "classification": outcome.edition.item(Kind.OUTCOME, found.classification).title,
        "response": URGENCY[found.response],
        "summary": in_sections(stored, outcome.edition),
    }
    return render(request, "referrals/case.html", context)
