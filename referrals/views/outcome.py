"""What the tool worked out for a case, for whoever submitted it and for the safeguarding leads."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from referrals.models import Case
from referrals.outcome import Outcome
from referrals.queries import cases_of_organisation, cases_with_outcome
from referrals.receipt import Receipt
from referrals.text import as_text as outcome_as_text
from triage.queries import own_drafts


@permission_required(Permission.SEE_OWN_CASES)
@require_safe
def outcome(request: SignedInRequest, reference: str) -> HttpResponse:
    found = outcome_for(request, reference, Act.OUTCOME_READ)
    receipt = Receipt(found.case, request.user)
    context = {"outcome": found, "case": found.case, "receipt": receipt}
    return render(request, "referrals/outcome.html", context)


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
    """The case that a draft became; for an amendment, the case whose answers it changes."""
    amendment = own_drafts(request.user).filter(pk=draft_id).exclude(amends="").first()
    if amendment is not None:
        visible = cases_of_organisation(request.user)
        case = get_object_or_404(visible, reference=amendment.amends)
        return redirect("case", reference=case.reference)
    case = get_object_or_404(cases_with_outcome(request.user), draft_id=draft_id)
    return redirect("outcome", reference=case.reference)


def outcome_for(request: SignedInRequest, reference: str, act: Act) -> Outcome:
    """The outcome of a case the user may see, the reading audited. Raises Http404.

    Safeguarding leads see the newest assessment; whoever reported it what they were told then.
    """
    case = get_object_or_404(cases_with_outcome(request.user), reference=reference)
    record_read(by=request.user, action=act, obj=case, organisation=case.organisation)
    lead = request.user.may(Permission.SEE_ORGANISATION_CASES)
    try:
        return Outcome(case, case.assessment if lead else case.first_assessment)
    except Case.DoesNotExist:  # deleted meanwhile
        raise Http404 from None
