"""Structured entries of the chronology, news of a referral, addenda; and the chronology itself."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from audit.acts import Act
from audit.recorder import record_read
from referrals.actions import recording
from referrals.entries import line_of
from referrals.forms.base import CaseForm
from referrals.forms.records import RecordForm
from referrals.models import Case, Event, EventKind
from referrals.overview import Chronology
from referrals.queries import must_be_referred
from referrals.records import BY_SLUG, FULL, REFERRAL_NEWS, RecordKind
from referrals.states import WORK
from referrals.views.casework import (
    case_page,
    chronology_url,
    form_page,
    needs,
    opened,
    posted,
)
from web.fields import LongText


@case_page
def record(request: SignedInRequest, case: Case, slug: str) -> HttpResponse:
    """The form of one kind of entry. 404 for a kind there is not."""
    kind = BY_SLUG.get(slug)
    if kind is None:
        raise Http404
    return _record(request, case, kind)


@case_page
def news(request: SignedInRequest, case: Case, number: int) -> HttpResponse:
    """What an agency answered to a referral."""
    referral = get_object_or_404(case.events, number=number, kind=EventKind.REFERRAL)
    return _record(request, case, REFERRAL_NEWS, about=referral)


def _record(
    request: SignedInRequest, case: Case, kind: RecordKind, about: Event | None = None
) -> HttpResponse:
    must = kind.kind == EventKind.NOT_REFERRED and must_be_referred(case)
    form = RecordForm(
        posted(request), initial=opened(case), record=kind, case=case, leader_needed=must
    )

    def save(form: RecordForm) -> None:
        recording.add_record(
            case=case,
            kind=kind.kind,
            data=form.values(),
            happened_at=form.cleaned_data["happened_at"],
            seen=form.cleaned_data["seen"],
            by=request.user,
            about=about,
        )

    edition = case.assessment.edition.content()
    return form_page(
        request,
        case,
        form,
        save=save,
        title=kind.title,
        button="Save",
        done="Saved in the chronology.",
        refuses=needs(WORK),
        intro=kind.intro,
        rule=edition.item(*kind.rule) if kind.rule else None,
        about=line_of(about) if about else None,
    )


class AddendumForm(CaseForm):
    text = LongText(
        label="What is to be added or put right?",
        help_text="The entry stays as it is. What you write stands beside it, with your name.",
        max_length=FULL,
        missing="Enter what is to be added or put right",
    )


@case_page
def addendum(request: SignedInRequest, case: Case, number: int) -> HttpResponse:
    about = get_object_or_404(case.events.select_related("entered_by"), number=number)
    form = AddendumForm(posted(request), initial=opened(case))

    def save(form: AddendumForm) -> None:
        recording.add_addendum(case=case, about=about, by=request.user, **form.cleaned_data)

    return form_page(
        request,
        case,
        form,
        save=save,
        title=f"Add to entry {number}, or put it right",
        button="Save the addendum",
        done="Saved in the chronology.",
        about=line_of(about, case.assessment.edition.content()),
        next_url=chronology_url(case),
    )


@require_safe
@case_page
def chronology(request: SignedInRequest, case: Case) -> HttpResponse:
    """Everything that was done, by when it happened; oldest first, or newest."""
    record_read(
        by=request.user, action=Act.CHRONOLOGY_READ, obj=case, organisation=case.organisation
    )
    newest_first = request.GET.get("order") == "newest"
    lines = Chronology(case).lines(newest_first=newest_first)
    context = {"case": case, "lines": lines, "newest_first": newest_first}
    return render(request, "referrals/chronology.html", context)
