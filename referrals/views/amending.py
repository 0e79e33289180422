"""Changing the answers of a case, and what a change changed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from referrals.actions import amending as actions
from referrals.actions.submission import NotReady
from referrals.forms.amending import AmendForm
from referrals.models import Case
from referrals.queries import cases_of_organisation
from referrals.states import AMEND, NotNow
from referrals.versions import (
    assessments_of,
    changes_url,
    differences,
    version_of,
    versions_of,
    would_change,
)
from referrals.views.casework import case_page, form_page, needs, opened, record_case_read
from triage import pages
from triage.actions import DraftEnded
from triage.models import Draft
from triage.views.check import check_page
from web.again import still_told

SAVED = "The changed answers were saved. This case is now to be reviewed again."
UNCHANGED = (
    "These answers are the same as those of the case, so nothing was saved. Change what is "
    "different, or discard this change. To write something down without changing an answer, add "
    "a note to the case."
)
BEGUN = (
    "You have begun a copy already, for this reason: “{}”. The reason below was not kept with it. "
    "Go on with that copy, or discard it there and begin again."
)


@case_page
def amend(request: SignedInRequest, case: Case) -> HttpResponse:
    """Ask what is known differently, then open the wizard on a copy; the one begun, if any."""
    if request.method != "POST" and (begun := actions.begun_amendment(case, by=request.user)):
        return redirect(still_told(request, pages.next_url(begun)))
    form = AmendForm(request.POST if request.method == "POST" else None, initial=opened(case))

    def save(form: AmendForm) -> None:
        draft = actions.start_amendment(case=case, by=request.user, **form.cleaned_data)
        if draft.amend_reason != form.cleaned_data["reason"]:
            raise NotNow(BEGUN.format(draft.amend_reason))

    here = reverse("amend", kwargs={"reference": case.reference})
    return form_page(
        request,
        case,
        form,
        save=save,
        title="Change the answers",
        button="Open a copy of the answers",
        done="This is your copy of the answers. Nothing changes in the case until you save it.",
        # Which by then leads on to the copy.
        next_url=here,
        refuses=needs(AMEND),
        instead={"url": here, "text": "Go on with that copy"},
        intro=(
            "Use this when an answer turns out to be different. You change a copy of the answers. "
            "The tool then works out the classification, the response and the steps again. What "
            "was recorded before is kept beside it."
        ),
    )


@case_page
@require_safe
def changes(request: SignedInRequest, case: Case, version: int) -> HttpResponse:
    """What a version of the assessment changed from the one before. The reading is audited."""
    made = {assessment.version: assessment for assessment in assessments_of(case)}
    if version not in made or version - 1 not in made:
        raise Http404
    record_case_read(request, case)
    context = {
        "case": case,
        "made": version_of(case, made[version]),
        "notes": made[version].notes,
        "differences": differences(made[version - 1], made[version]),
        "others": [other for other in versions_of(case) if other.version != version and other.url],
    }
    return render(request, "referrals/changes.html", context)


def save(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """Save an amendment, and show what it changed; or the page again, with why it was not saved."""
    try:
        made = actions.save_amendment(draft=draft, seen=_version(request), by=request.user)
    except Case.DoesNotExist:
        raise Http404 from None
    except (NotReady, DraftEnded):
        return redirect(pages.next_url(draft))
    except NotNow as problem:
        return _not_saved(request, draft, refused=f"{problem} Your copy is kept until then.")
    except actions.Unchanged:
        return _not_saved(request, draft, refused=UNCHANGED)
    except actions.Overtaken as overtaken:
        return _overtaken(request, draft, overtaken)
    messages.success(request, SAVED)
    return redirect(changes_url(made.case, made.version))


def _version(request: SignedInRequest) -> int:
    """The version that the page was opened with; anything else counts as none."""
    given = request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _overtaken(request: SignedInRequest, draft: Draft, by: actions.Overtaken) -> HttpResponse:
    case = by.newest.case
    since = [version for version in versions_of(case) if version.version > by.before.version]
    theirs = differences(by.before, by.newest)
    draft.refresh_from_db()
    yours = would_change(by.newest, draft)
    return _not_saved(request, draft, since=since, theirs=theirs, yours=yours)


def _not_saved(request: SignedInRequest, draft: Draft, **context: object) -> HttpResponse:
    """The copy again, with how it and the case stand to each other: a reading of the case."""
    case = get_object_or_404(cases_of_organisation(request.user), reference=draft.amends)
    record_case_read(request, case)
    template = "referrals/check_not_saved.html"
    return check_page(request, draft, template=template, status=409, **context)
