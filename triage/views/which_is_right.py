"""Two answers that cannot both be right: which is it?"""

import re
from typing import Any, cast

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from guidance.content import Kind
from triage import actions, pages
from triage.access import own_draft
from triage.model.contradictions import Contradiction, contradictions
from triage.model.route import PAGES
from triage.models import Draft
from web.fields import RadioQuestion


class WhichIsRightForm(forms.Form):
    """Offers each side of a contradiction for changing, or leaving the first as unknown.

    `about` says which contradiction was shown: by the time of the answer another may be first.
    """

    which = RadioQuestion(label="Which is right?", choices=[], missing="Select what is right")
    about = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, options: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(RadioQuestion, self.fields["which"]).choices = options


@own_draft
@require_http_methods(["GET", "HEAD", "POST"])
def which_is_right(request: SignedInRequest, draft: Draft) -> HttpResponse:
    """Puts a contradiction to whoever answers: change one side, or say it is unknown.

    A double click or an old page settles the one it showed, or nothing when that one is gone.
    """
    posted = request.method == "POST"
    found = the_one_shown(draft, request.POST) if posted else the_first(draft)
    if found is None:
        return redirect(pages.next_url(draft))
    form = WhichIsRightForm(
        request.POST or None,
        options=options_for(draft, found),
        initial={"about": name_of(draft, found)},
    )
    if posted and form.is_valid():
        return redirect(settle(draft, found, form.cleaned_data["which"], by=request.user))
    context = {
        "draft": draft,
        "form": form,
        "contradiction": found,
        "step_name": "which-is-right",
        "emergency": draft.edition.content().item(Kind.PAGE, "emergency"),
        "back_url": page_url_of(draft, found.sides[0]),
    }
    status = 422 if form.is_bound else 200
    return render(request, "triage/which_is_right.html", context, status=status)


def the_first(draft: Draft) -> Contradiction | None:
    return next(iter(contradictions(draft.route.answers)), None)


def the_one_shown(draft: Draft, posted: QueryDict) -> Contradiction | None:
    """The contradiction that the page was about, if it still stands."""
    about = posted.get("about")
    present = contradictions(draft.route.answers)
    return next((found for found in present if name_of(draft, found) == about), None)


def name_of(draft: Draft, found: Contradiction) -> str:
    """What tells a contradiction from every other, also after somebody was taken off the list."""
    people = [person_at(draft, side) for side in found.sides]
    names = [
        f"people/{p['id']}" if p else side for p, side in zip(people, found.sides, strict=True)
    ]
    return " ".join(names)


def options_for(draft: Draft, found: Contradiction) -> list[tuple[str, str]]:
    edition = draft.edition.content()
    changes = []
    for side in found.sides:
        person = person_at(draft, side)
        about = (
            f"what I said about {person['ref']}"
            if person
            else (f"my answer to “{edition.item(Kind.QUESTION, side).title}”")
        )
        changes.append((side, f"Change {about}"))
    return [*changes, ("unknown", "I don’t know yet which is right")]


def settle(draft: Draft, found: Contradiction, choice: str, *, by: Any) -> str:
    """Where to go on: the page to change, or onwards with the first side made unknown."""
    if choice != "unknown":
        return page_url_of(draft, choice)
    key = found.sides[0]
    unknown = ["unknown"] if key == "pressure" else "unknown"
    shown = actions.fingerprint({key: draft.answers[key]})
    try:
        draft = actions.save_answers(
            draft=draft, asked=[key], values={key: unknown}, shown=shown, by=by
        )
    except actions.Conflict:  # changed in another window: see what stands there now
        draft.refresh_from_db()
    return pages.next_url(draft)


def person_at(draft: Draft, path: str) -> dict[str, Any] | None:
    """The person that an answer path such as `people[1]` names, if it names one."""
    match = re.fullmatch(r"people\[(\d+)\]", path)
    return draft.people[int(match[1])] if match else None


def page_url_of(draft: Draft, path: str) -> str:
    """The page that asks for an answer."""
    person = person_at(draft, path)
    if person:
        return pages.person_url(draft, person["id"])
    return pages.step_url(draft, next(page.name for page in PAGES if path in page.keys))
