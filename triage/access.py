"""The one way to a draft for whoever is answering it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from triage.actions import DraftEnded
from triage.models import Draft
from triage.queries import own_drafts
from web.again import still_told


def own_draft(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the user's own draft as `draft`; a stranger's id is a 404.

    A late click on a draft that was sent or discarded meanwhile gets a page that says so.
    """

    @permission_required(Permission.START_TRIAGE)
    @wraps(view)
    def wrapped(request: SignedInRequest, draft_id: str, **kwargs: Any) -> HttpResponseBase:
        draft = get_object_or_404(own_drafts(request.user), pk=draft_id)
        if not draft.is_open:
            return ended(request, draft)
        try:
            response = view(request, draft=draft, **kwargs)
        except DraftEnded:
            draft.refresh_from_db()
            return ended(request, draft)
        except Draft.DoesNotExist:  # deleted with its case meanwhile
            raise Http404 from None
        if response.has_header("Location"):
            response["Location"] = still_told(request, response["Location"])
        return response

    return wrapped


def ended(request: HttpRequest, draft: Draft) -> HttpResponseBase:
    return render(request, "triage/ended.html", {"draft": draft}, status=409)
