"""Keeping what stands on a page when its writer sends the draft on at once.

"Send now" is pressed in a hurry, on a page half filled in. What is valid on it is kept; the rest
is left unknown. Nothing on it can stop the sending.
"""

from typing import Any

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


def keep_page(*, draft: Draft, step: str, data: QueryDict, by: User) -> None:
    """Store the valid answers posted for a page. Raises DraftEnded; a conflict keeps the stored."""
    current = draft.route.step(step)
    if current is None or step == "people":
        return
    form = dict(STEP_FORMS)[step](
        _words_only(data), edition=draft.edition.content(), asks=current.asks
    )
    form.full_clean()
    given = {key: value for key, value in form.values().items() if _is_given(key, value, data)}
    _save(
        actions.save_answers,
        draft=draft,
        asked=current.asks,
        values=given,
        shown=_shown(data),
        by=by,
    )


def keep_person(*, draft: Draft, person_id: str, data: QueryDict, by: User) -> None:
    """Store the valid answers posted for a person, the rest unknown. Raises as `keep_page`."""
    form = PersonForm(_words_only(data), edition=draft.edition.content())
    form.full_clean()
    values = form.values()
    given = {key: value for key, value in values.items() if value != ""}
    if given:
        before = draft.person(person_id) or UNKNOWN_PERSON
        person = {**before, **given, "id": person_id}
        _save(actions.save_person, draft=draft, person=person, shown=_shown(data), by=by)


def _words_only(data: QueryDict) -> QueryDict:
    """The posted fields without pasted images; sending does not wait for them to be put right."""
    kept = data.copy()
    for key, values in kept.lists():
        kept.setlist(key, [without_images(value)[0] for value in values])
    return kept


def _is_given(key: str, value: Any, data: QueryDict) -> bool:
    """An empty text box is no answer when nobody pressed Continue on it."""
    return key not in ("services", "notes") or bool(value)


def _shown(data: QueryDict) -> str:
    return data.get("shown", "")


def _save(action: Any, **kwargs: Any) -> None:
    try:
        action(**kwargs)
    except actions.Conflict:
        return
