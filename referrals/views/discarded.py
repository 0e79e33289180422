"""The discarded triages whose time has come: a lead reads them, ticks some and deletes those."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from referrals.forms.discarded import DiscardedForm
from referrals.models.retention import DISCARDED_YEARS
from referrals.retention.discarded import delete_discarded, discarded_due
from referrals.views.casework import posted

MOST = 50


@permission_required(Permission.SEE_ORGANISATION_CASES)
@require_http_methods(["GET", "HEAD", "POST"])
def discarded(request: SignedInRequest) -> HttpResponse:
    due = discarded_due(request.user)
    form = DiscardedForm(posted(request), offered=due[:MOST])
    if form.is_valid():
        ids = set(form.cleaned_data["drafts"])
        _say(request, len(ids), delete_discarded(ids=ids, by=request.user))
        return redirect("retention_list")
    context = {"form": form, "total": due.count(), "years": DISCARDED_YEARS}
    status = 422 if form.is_bound else 200
    return render(request, "referrals/discarded.html", context, status=status)


def _say(request: SignedInRequest, ticked: int, deleted: int) -> None:
    if not deleted:
        messages.warning(request, "Nothing was deleted: what you ticked was not there any more.")
        return
    said = f"{deleted} discarded triage{'s were' if deleted > 1 else ' was'} deleted."
    if gone := ticked - deleted:
        said += f" {gone} that you ticked {'were' if gone > 1 else 'was'} not there any more."
    messages.success(request, said)
