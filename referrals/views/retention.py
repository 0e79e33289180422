"""How long cases are kept: the manager's rule, the leads' list, and what is decided on a case."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import SignedInRequest, permission_required
from accounts.roles import Permission
from referrals.forms.deciding import ReasonForm
from referrals.forms.retention import DeleteForm, HoldForm, KeepForm, RuleForm
from referrals.models import Case, DeletedBecause
from referrals.models.retention import DISCARDED_YEARS
from referrals.retention import actions, deleting
from referrals.retention.dates import retention_of, rule_of
from referrals.retention.discarded import discarded_due
from referrals.retention.listing import basis_in_words, review_rows, to_review
from referrals.retention.what_goes import linked_cases, what_goes
from referrals.views.casework import case_page, case_url, form_page, opened, posted

PAGE_SIZE = 50


@permission_required(Permission.MANAGE_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: SignedInRequest) -> HttpResponse:
    """The manager's page."""
    organisation = request.user.organisation
    if organisation is None:
        raise PermissionDenied
    now = rule_of(organisation)
    form = RuleForm(posted(request), initial={"birthday": now.birthday, "years": now.years})
    if form.is_valid():
        actions.save_rule(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, "How long cases are kept was saved. It holds for every case.")
        return redirect("home")
    status = 422 if form.errors else 200
    context = {"form": form, "years": DISCARDED_YEARS}
    return render(request, "referrals/retention_rule.html", context, status=status)


@permission_required(Permission.SEE_ORGANISATION_CASES)
@require_safe
def review_list(request: SignedInRequest) -> HttpResponse:
    page = Paginator(to_review(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": review_rows(request.user, list(page.object_list)),
        "discarded": discarded_due(request.user).count(),
        "years": DISCARDED_YEARS,
    }
    return render(request, "referrals/retention_list.html", context)


@case_page
def hold(request: SignedInRequest, case: Case) -> HttpResponse:
    form = HoldForm(posted(request), initial=opened(case))

    def save(form: HoldForm) -> None:
        actions.set_hold(case=case, by=request.user, **form.cleaned_data)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Put this case on legal hold",
        done="The case is on legal hold. Nobody can delete it until the hold is lifted.",
        refuses=lambda case: actions.HELD_ALREADY if actions.held(case) else "",
        intro="While a case is on legal hold nobody can delete it, whatever its date says.",
        of_retention=True,
    )


@case_page
def lift_hold(request: SignedInRequest, case: Case) -> HttpResponse:
    form = ReasonForm(posted(request), initial=opened(case))

    def save(form: ReasonForm) -> None:
        actions.lift_hold(case=case, by=request.user, **form.cleaned_data)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Lift the legal hold",
        done="The legal hold was lifted.",
        refuses=lambda case: "" if actions.held(case) else actions.NOT_HELD,
        intro="After that the case can be deleted again, once its date has come.",
        of_retention=True,
    )


@case_page
def keep(request: SignedInRequest, case: Case) -> HttpResponse:
    retention = retention_of(case, rule_of(case.organisation))
    after = max(retention.review_on, timezone.localdate())
    form = KeepForm(posted(request), initial=opened(case), after=after)

    def save(form: KeepForm) -> None:
        actions.keep_longer(case=case, by=request.user, **form.cleaned_data)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Keep this case longer",
        done="The case is kept until the day you entered.",
        retention=retention,
        basis=basis_in_words(case),
        of_retention=True,
        template="referrals/keep.html",
    )


@case_page
def delete(request: SignedInRequest, case: Case) -> HttpResponse:
    """What goes, and the confirmation. Afterwards its address says that it was deleted."""
    form = DeleteForm(posted(request), initial=opened(case), wanted=case.reference)

    def save(form: DeleteForm) -> None:
        reason = DeletedBecause(form.cleaned_data["reason"])
        seen = form.cleaned_data["seen"]
        deleting.delete_case(case=case, reason=reason, seen=seen, by=request.user)

    return form_page(
        request,
        case,
        form,
        save=save,
        title="Delete this case",
        button="Delete this case for good",
        for_good=True,
        done=f"Case {case.reference} was deleted.",
        refuses=deleting.why_not_delete,
        retention=retention_of(case, rule_of(case.organisation)),
        basis=basis_in_words(case),
        goes=what_goes(case, request.user),
        linked=linked_cases(case, request.user),
        of_retention=True,
        back_url=case_url(case),
        next_url=reverse("retention_list"),
        template="referrals/delete.html",
    )
