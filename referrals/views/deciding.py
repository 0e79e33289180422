"""Acknowledge, review, assign, close, reopen."""

from django.http import HttpResponse

from accounts.access import SignedInRequest
from referrals.actions import deciding
from referrals.forms.deciding import AcknowledgeForm, AssignForm, CloseForm, ReasonForm, ReviewForm
from referrals.models import Case
from referrals.outcome import Outcome
from referrals.overview import Overview
from referrals.queries import leads_of
from referrals.states import ACKNOWLEDGE, REOPEN, REVIEW, WORK
from referrals.views.casework import case_page, form_page, needs, opened, posted


@case_page
def acknowledge(request: SignedInRequest, case: Case) -> HttpResponse:
    form = AcknowledgeForm(posted(request), initial=opened(case))

    def save(form: AcknowledgeForm) -> None:
        deciding.acknowledge(case=case, seen=form.cleaned_data["seen"], by=request.user)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Acknowledge this case",
        done="You acknowledged this case. Whoever reported it can see that you did.",
        refuses=needs(ACKNOWLEDGE),
        intro="This says that you have seen it. Then review it.",
    )


@case_page
def review(request: SignedInRequest, case: Case) -> HttpResponse:
    form = ReviewForm(posted(request), initial=opened(case), assessment=case.assessment)

    def save(form: ReviewForm) -> None:
        given = form.cleaned_data
        common = {"case": case, "seen": given["seen"], "by": request.user}
        if given["decision"] == "agree":
            deciding.agree(comment=given["reason"], **common)
        else:
            keys = ("classification", "response", "reason")
            deciding.override(**{key: given[key] for key in keys}, **common)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Review the classification",
        done="Your review was saved.",
        refuses=needs(REVIEW),
        outcome=Outcome(case),
        template="referrals/review.html",
    )


@case_page
def assign(request: SignedInRequest, case: Case) -> HttpResponse:
    initial = {**opened(case), "to": str(case.assignee_id or "")}
    form = AssignForm(posted(request), initial=initial, people=leads_of(case))

    def save(form: AssignForm) -> None:
        seen = form.cleaned_data["seen"]
        deciding.assign(case=case, to=form.chosen(), seen=seen, by=request.user)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Assign this case",
        done="The case was assigned.",
        refuses=needs(WORK),
    )


@case_page
def close(request: SignedInRequest, case: Case) -> HttpResponse:
    form = CloseForm(posted(request), initial=opened(case))

    def save(form: CloseForm) -> None:
        given = {key: form.cleaned_data[key] for key in ("outcome", "summary", "review_on", "seen")}
        deciding.close(case=case, by=request.user, **given)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Close this case",
        done="The case was closed. You can reopen it at any time, with a reason.",
        refuses=deciding.why_not_close,
        overview=Overview(case),
        template="referrals/close.html",
    )


@case_page
def reopen(request: SignedInRequest, case: Case) -> HttpResponse:
    form = ReasonForm(posted(request), initial=opened(case))

    def save(form: ReasonForm) -> None:
        deciding.reopen(case=case, by=request.user, **form.cleaned_data)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Reopen this case",
        done="The case is open again.",
        refuses=needs(REOPEN),
    )
