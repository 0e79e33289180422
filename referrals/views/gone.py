"""A case that was deleted: its reference is still known, and says so."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.access import SignedInRequest
from referrals.retention.tombstones import tombstone_of


def gone(request: SignedInRequest, reference: str) -> HttpResponse:
    """410 for whoever could have seen the case. Raises Http404 for anybody else, and where there
    never was one."""
    tombstone = tombstone_of(request.user, reference)
    if tombstone is None:
        raise Http404
    return render(request, "referrals/gone.html", {"tombstone": tombstone}, status=410)
