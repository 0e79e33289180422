"""What every page on a case has in common: who may open it, and how a form on it is saved."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from audit.acts import Act
from audit.recorder import record_read
from referrals.chronology import Changed, last_number
from referrals.entries import Line, line_of
from referrals.forms.base import CaseForm
from referrals.models import Case, Event
from referrals.queries import cases_of_organisation
from referrals.states import NotNow, Step, why_not
from referrals.twice import remember, saved_already
from referrals.views.gone import gone

F = TypeVar("F", bound=CaseForm)
YOU = "you, in another window"


def case_page(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view the case of the address as `case`.

    404 for whoever may not see it: they need not know that it exists. 410 once it is deleted.
    """

    @permission_required(Permission.SEE_OWN_CASES)
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: SignedInRequest, reference: str, **kwargs: Any) -> HttpResponseBase:
        case = cases_of_organisation(request.user).filter(reference=reference).first()
        if case is None:
            return gone(request, reference)
        try:
            return view(request, case=case, **kwargs)
        except Case.DoesNotExist:  # restricted to others, or deleted, while this was being done
            return gone(request, reference)

    return wrapped


def posted(request: SignedInRequest) -> QueryDict | None:
    """What a form is bound to: an empty post is a post, too."""
    return request.POST if request.method == "POST" else None


def opened(case: Case) -> dict[str, int]:
    """The initial value that every form on a case needs."""
    return {"seen": last_number(case)}


def form_page(
    request: SignedInRequest,
    case: Case,
    form: F,
    *,
    save: Callable[[F], object],
    title: str,
    done: str,
    refuses: Callable[[Case], str] = lambda case: "",
    template: str = "referrals/case_form.html",
    **context: Any,
) -> HttpResponse:
    """Show a form on a case, or save it and go to the case.

    `refuses` says why it cannot be done to the case as it stands: then nobody is asked anything.
    When somebody else was quicker, or it cannot be done now, the page comes again with what was
    typed, says so, and a second press of the button goes through where it can. Whenever the page is
    shown, that is audited as a reading of the case: it shows parts of it.
    """
    conflict: list[Line] = []
    refused = refuses(case)
    if request.method == "POST" and form.is_valid():
        try:
            save_once(request, case, lambda: save(form))
        except Changed as changed:
            conflict = newer_lines(request, case, changed.events)
            form.seen_again(changed.number)
            case.refresh_from_db()
            refused = refuses(case)
        except NotNow as problem:
            case.refresh_from_db()
            refused = str(problem)
        else:
            messages.success(request, done)
            return redirect(context.get("next_url") or case_url(case))
    record_case_read(request, case)
    context = {
        "back_url": case_url(case),
        "button": title,
        **context,
        "case": case,
        "form": form,
        "title": title,
        "conflict": conflict,
        "refused": refused,
    }
    status = 200 if not form.is_bound else 409 if conflict or refused else 422
    return render(request, template, context, status=status)


def needs(step: Step) -> Callable[[Case], str]:
    """For `refuses`: the case must stand where this step can be taken."""
    return lambda case: why_not(case, step)


def save_once(request: SignedInRequest, case: Case, save: Callable[[], object]) -> None:
    """Save what was posted; a second click on the button changes nothing, and is no error."""
    try:
        with transaction.atomic():
            save()
            remember(request, case)
    except (Changed, NotNow):
        if not saved_already(request, case):
            raise


def newer_lines(request: SignedInRequest, case: Case, events: list[Event]) -> list[Line]:
    """What was written since the page was opened; one's own entries come from another window."""
    edition = case.assessment.edition.content()
    lines = [(event, line_of(event, edition)) for event in events]
    mine = request.user.pk
    return [replace(line, by=YOU) if event.entered_by_id == mine else line for event, line in lines]


def record_case_read(request: SignedInRequest, case: Case) -> None:
    record_read(by=request.user, action=Act.CASE_READ, obj=case, organisation=case.organisation)


def case_url(case: Case) -> str:
    return reverse("case", kwargs={"reference": case.reference})


def chronology_url(case: Case) -> str:
    return reverse("chronology", kwargs={"reference": case.reference})
