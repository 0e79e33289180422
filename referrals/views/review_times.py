"""The manager's page: how soon a case must be reviewed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from referrals.actions.review_times import save_review_times
from referrals.deadlines import review_times as times_of
from referrals.forms.review_times import ReviewTimesForm


@permission_required(Permission.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def review_times(request: SignedInRequest) -> HttpResponse:
    organisation = request.user.organisation
    if organisation is None:
        raise PermissionDenied
    posted = request.POST if request.method == "POST" else None
    form = ReviewTimesForm(posted, initial=times_of(organisation))
    if form.is_valid():
        save_review_times(organisation=organisation, times=form.times, by=request.user)
        messages.success(request, "The times were saved. They count for cases from now on.")
        return redirect("home")
    return render(
        request, "referrals/review_times.html", {"form": form}, status=422 if form.errors else 200
    )
