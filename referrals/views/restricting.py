"""Restricting a case to named people, and lifting that again."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from accounts.access import SignedInRequest
from accounts.queries import leads
from referrals.actions import deciding
from referrals.forms.deciding import ReasonForm
from referrals.forms.restricting import RestrictForm
from referrals.models import Case
from referrals.queries import leads_of
from referrals.views.casework import case_page, case_url, form_page, opened, posted

GONE = "The case is restricted now. You did not name yourself, so you cannot open it any more."
ALONE = (
    "Only one person can open this case. If they leave or lose their role, nobody can. "
    "Name a second person who may see it."
)


@case_page
def restrict(request: SignedInRequest, case: Case) -> HttpResponse:
    """Whoever leaves herself out is sent home: the case is gone for her, too."""
    named = [str(pk) for pk in case.named.values_list("pk", flat=True)]
    form = RestrictForm(
        posted(request), initial={**opened(case), "named": named}, people=leads(case.organisation)
    )
    leaves = str(request.user.pk) not in request.POST.getlist("named")

    def save(form: RestrictForm) -> None:
        given = {key: form.cleaned_data[key] for key in ("reason", "seen")}
        deciding.restrict(case=case, named=form.chosen(), by=request.user, **given)
        if len(form.chosen()) == 1:
            messages.warning(request, ALONE)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Change who may see this case" if case.restricted else "Restrict this case",
        done=GONE if leaves else "Only the people you named can see this case now.",
        next_url=reverse("home") if leaves else case_url(case),
        alone=ALONE if case.restricted and leads_of(case).count() == 1 else "",
        template="referrals/restrict.html",
    )


@case_page
def lift(request: SignedInRequest, case: Case) -> HttpResponse:
    form = ReasonForm(posted(request), initial=opened(case))

    def save(form: ReasonForm) -> None:
        deciding.lift_restriction(case=case, by=request.user, **form.cleaned_data)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Lift the restriction",
        done="Every safeguarding lead and deputy can see this case again.",
        refuses=lambda case: "" if case.restricted else deciding.NOT_RESTRICTED,
        intro=(
            "Every safeguarding lead and deputy of your organisation will see this case and "
            "everything in it again, and so will whoever reported it see what they were told."
        ),
    )
