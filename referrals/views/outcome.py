"""What the tool worked out for a case, for whoever submitted it and for the safeguarding leads."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from referrals.outcome import Outcome
from referrals.queries import cases_with_outcome
from referrals.text import as_text as outcome_as_text


@permission_required(Permission.SEE_OWN_CASES)
@require_safe
def outcome(request: SignedInRequest, reference: str) -> HttpResponse:
    found = outcome_for(request, reference, Act.OUTCOME_READ)
    return render(request, "referrals/outcome.html", {"outcome": found, "case": found.case})


@permission_required(Permission.SEE_OWN_CASES)
@require_safe
def as_text(request: SignedInRequest, reference: str) -> HttpResponse:
    """ "Copy to your own record": the outcome as plain text to select and copy."""
    found = outcome_for(request, reference, Act.OUTCOME_COPIED)
    context = {"case": found.case, "text": outcome_as_text(found)}
    return render(request, "referrals/outcome_text.html", context)


@permission_required(Permission.SEE_OWN_CASES)
@require_safe
def outcome_of_draft(request: SignedInRequest, draft_id: str) -> HttpResponse:
    case = get_object_or_404(cases_with_outcome(request.user), draft_id=draft_id)
    return redirect("outcome", reference=case.reference)


def outcome_for(request: SignedInRequest, reference: str, act: Act) -> Outcome:
    """The outcome of a case the user may see, the reading audited. Raises Http404."""
    case = get_object_or_404(cases_with_outcome(request.user), reference=reference)
    record_read(by=request.user, action=act, obj=case, organisation=case.organisation)
    return Outcome(case)
