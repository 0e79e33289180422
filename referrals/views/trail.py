"""The page that tells safeguarding leads who has opened a case and what was done."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from audit.acts import Act
from audit.recorder import record_read
from referrals.models import Case
from referrals.trail import trail_page
from referrals.views.casework import case_page


@require_safe
@case_page
def trail(request: SignedInRequest, case: Case) -> HttpResponse:
    """Looking at it is on record first, so the page shows that, too."""
    record_read(by=request.user, action=Act.TRAIL_READ, obj=case, organisation=case.organisation)
    before = request.GET.get("before")
    page = trail_page(case, before=before)
    context = {"case": case, "page": page, "first": before is None}
    return render(request, "referrals/trail.html", context)
