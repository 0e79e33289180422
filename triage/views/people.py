"""The people of a draft: one person a page, then the list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from guidance.content import Kind
from triage import actions, pages
from triage.access import own_draft
from triage.forms import PersonForm, initial_of
from triage.keep import UNKNOWN_PERSON
from triage.model.contradictions import contradictions
from triage.model.refs import next_nobody
from triage.model.vocabulary import PERSON_ORDER
from triage.models import Draft

# "Add someone not yet identified": all is filled in as not known but the part they played.
SOMEONE = {key: value for key, value in UNKNOWN_PERSON.items() if key != "roles"}


@own_draft
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: SignedInRequest, draft: Draft, person_id: str) -> HttpResponse:
    """Add or change one person. An id not listed yet is a new person."""
    if not draft.route.reachable("people"):
        return redirect(pages.next_url(draft))
    form = bound_person_form(draft, person_id, request)
    conflict: list[str] | None = None
    if request.method == "POST" and form.is_valid():
        answers = {"id": person_id, **form.values()}
        shown = form.cleaned_data["shown"]
        try:
            saved = actions.save_person(draft=draft, person=answers, shown=shown, by=request.user)
        except actions.Conflict as problem:
            form.shown_again(actions.fingerprint(problem.stored))
            conflict = pages.in_words(answers, problem.stored, draft.edition.content())
        else:
            return redirect(after_saving(saved, is_new=draft.person(person_id) is None))
    return render_person(request, draft, person_id, form, conflict)


def after_saving(draft: Draft, *, is_new: bool) -> str:
    """A contradiction first; after someone new the list, for there may be more; else onwards."""
    if is_new and not contradictions(draft.route.answers):
        return pages.step_url(draft, "people")
    return pages.next_url(draft)


def bound_person_form(draft: Draft, person_id: str, request: SignedInRequest) -> PersonForm:
    stored = draft.person(person_id)
    others = [person["ref"] for person in draft.people if person["id"] != person_id]
    someone = {**SOMEONE, "ref": next_nobody(others)} if "unidentified" in request.GET else {}
    initial = {**initial_of(stored or someone), "shown": actions.fingerprint(stored)}
    edition = draft.edition.content()
    return PersonForm(request.POST or None, initial=initial, edition=edition, others=others)


def render_person(
    request: SignedInRequest, draft: Draft, person_id: str, form: PersonForm, conflict: Any
) -> HttpResponse:
    edition = draft.edition.content()
    first = not draft.people and draft.route.before("people")
    stored = draft.person(person_id)
    context = {
        "draft": draft,
        "form": form,
        "person_id": person_id,
        "stored": stored,
        "conflict": conflict,
        "continue_text": "Save and continue",
        "step_name": "people",
        "progress": pages.progress("who"),
        "back_url": pages.step_url(draft, first or "people"),
        "help_items": [edition.item(Kind.QUESTION, key) for key in PERSON_ORDER],
        "emergency": edition.item(Kind.PAGE, "emergency"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "triage/person.html", context, status=status)


@own_draft
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: SignedInRequest, draft: Draft, person_id: str) -> HttpResponse:
    """Ask, then take a person off the list."""
    listed = draft.person(person_id)
    if listed is None:
        return redirect(pages.step_url(draft, "people"))
    if request.method == "POST":
        draft = actions.remove_person(draft=draft, person_id=person_id, by=request.user)
        return redirect(pages.step_url(draft, "people"))
    context = {"draft": draft, "person": listed, "back_url": pages.step_url(draft, "people")}
    return render(request, "triage/remove_person.html", context)
