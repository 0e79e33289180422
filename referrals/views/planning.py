"""The plan of a case: one step, and adding a step."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from accounts.access import SignedInRequest
from referrals.actions import planning
from referrals.entries import step_title
from referrals.forms.planning import AddStepForm, StepForm
from referrals.models import Case
from referrals.queries import may_do_steps
from referrals.states import WORK, why_not
from referrals.views.casework import case_page, form_page, needs, opened, posted


@case_page
def step(request: SignedInRequest, case: Case, step_id: int) -> HttpResponse:
    """How far a step is, who does it, by when. One of an older assessment leads to the newest."""
    asked = get_object_or_404(case.recommendations, pk=step_id)
    found = planning.newest_of(case, asked) or asked
    if request.method != "POST" and found.pk != asked.pk:
        return redirect("step", reference=case.reference, step_id=found.pk)
    form = StepForm(posted(request), initial=opened(case), people=may_do_steps(case), step=found)

    def save(form: StepForm) -> None:
        given = {key: form.cleaned_data[key] for key in ("progress", "reason", "due", "seen")}
        planning.change_step(
            case=case, step=found, responsible=form.who(), by=request.user, **given
        )

    def refuses(case: Case) -> str:
        gone = planning.newest_of(case, found) is None
        return why_not(case, WORK) or (planning.NO_LONGER if gone else "")

    edition = (found.assessment or case.assessment).edition.content()
    return form_page(
        request,
        case,
        form,
        save=save,
        title=step_title(found.key or found.text, edition),
        page_title="Change a step of the plan",
        button="Save",
        done="The plan was changed.",
        refuses=refuses,
    )


@case_page
def add_step(request: SignedInRequest, case: Case) -> HttpResponse:
    form = AddStepForm(posted(request), initial=opened(case), people=may_do_steps(case))

    def save(form: AddStepForm) -> None:
        given = {key: form.cleaned_data[key] for key in ("text", "due", "seen")}
        planning.add_step(case=case, responsible=form.who(), by=request.user, **given)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Add a step to the plan",
        done="The step was added.",
        refuses=needs(WORK),
    )
