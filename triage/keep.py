"""Keeping what stands on a page when its writer sends the draft on at once.

"Send now" is pressed in a hurry, on a page half filled in. What is valid on it is kept, also where
another window stored something else: it is what was known last. The rest is left unknown. Nothing
on the page can stop the sending.
"""

from django.http import QueryDict

from accounts.models import User
from triage import actions
from triage.forms import STEP_FORMS, PersonForm
from triage.model.route import NOBODY_YET
from triage.models import Draft
from web.noimage.freetext import without_images

UNKNOWN_PERSON = {
    "ref": NOBODY_YET,
    "age": "unknown",
    "roles": [],
    "vulnerabilities": ["unknown"],
    "agency_involvement": "unknown",
}


def keep_page(draft: Draft, *, step: str, data: QueryDict, by: User) -> None:
    """Store the valid answers posted for a page. Raises DraftEnded."""
    current = draft.route.step(step)
    if current is None or step == "people":
        return
    edition = draft.edition.content()
    form = dict(STEP_FORMS)[step](_words_only(data), edition=edition, asks=current.asks)
    form.full_clean()
    # An empty text box is no answer when nobody pressed Continue on it.
    text_boxes = ("services", "notes")
    given = {key: value for key, value in form.values().items() if value or key not in text_boxes}
    stored = {key: draft.answers[key] for key in current.asks if key in draft.answers}
    shown = actions.fingerprint(stored)
    actions.save_answers(draft=draft, asked=current.asks, values=given, shown=shown, by=by)


def keep_person(draft: Draft, *, person_id: str, data: QueryDict, by: User) -> None:
    """Store the valid answers posted for a person, the rest unknown. Raises DraftEnded."""
    form = PersonForm(_words_only(data), edition=draft.edition.content())
    form.full_clean()
    given = {key: value for key, value in form.values().items() if value != ""}
    if not given:
        return
    stored = draft.person(person_id)
    person = {**(stored or UNKNOWN_PERSON), **given, "id": person_id}
    actions.save_person(draft=draft, person=person, shown=actions.fingerprint(stored), by=by)


def _words_only(data: QueryDict) -> QueryDict:
    """The posted fields without pasted images; sending does not wait for them to be put right."""
    kept = data.copy()
    for key, values in kept.lists():
        kept.setlist(key, [without_images(value)[0] for value in values])
    return kept
