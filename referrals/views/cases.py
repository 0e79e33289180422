"""The full page of a case, for the organisation's safeguarding leads."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from guidance.content import Kind
from referrals.identities import identity_rows
from referrals.models import Case
from referrals.outcome import Outcome
from referrals.overview import Overview
from referrals.queries import cases_of_organisation, suggests_restriction
from referrals.retention.dates import retention_of, rule_of
from referrals.retention.listing import basis_in_words
from referrals.urgency import URGENCY
from referrals.versions import versions_of
from referrals.views.gone import gone
from triage.summary import in_sections


@permission_required(Permission.SEE_OWN_CASES)
@require_safe
def case(request: SignedInRequest, reference: str) -> HttpResponse:
    """404 for whoever is no safeguarding lead of the organisation: they need not know it exists.

    410 once it is deleted.
    """
    found = cases_of_organisation(request.user).filter(reference=reference).first()
    if found is None:
        return gone(request, reference)
    record_read(by=request.user, action=Act.CASE_READ, obj=found, organisation=found.organisation)
    try:
        outcome = Outcome(found)
    except Case.DoesNotExist:  # deleted just now
        return gone(request, reference)
    stored = {**outcome.answers, "notes": found.notes}
    context = {
        "case": found,
        "outcome": outcome,
        "overview": Overview(found),
        "identities": identity_rows(found, request.user),
        "versions": versions_of(found),
        "suggests_restriction": suggests_restriction(found),
        "retention": retention_of(found, rule_of(found.organisation)),
        "basis": basis_in_words(found),
        "classification": outcome.edition.item(Kind.OUTCOME, found.classification).title,
        "response": URGENCY[found.response],
        "summary": in_sections(stored, outcome.edition),
    }
    return render(request, "referrals/case.html", context)
