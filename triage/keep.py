"""Keeping what stands on a page when its writer sends the draft on at once.

"Send now" is pressed in a hurry, on a page half filled in. What can be read on it is kept, also
where another window stored something else: it is what was known last. The rest is left unknown, and
said. Nothing on the page can stop the sending.
"""

from itertools import count
from typing import Any, Protocol

from django.http import QueryDict

from accounts.models import User
from guidance.content import Kind
from triage import actions
from triage.forms import STEP_FORMS, Hurried, PersonForm, read_hurried
from triage.forms.person import FULL, MOST_PEOPLE
from triage.model.refs import NOBODY_YET, is_nobody_yet, next_nobody, same_ref
from triage.model.route import someone_pictured
from triage.model.vocabulary import MAX_REF
from triage.models import Draft

UNKNOWN_PERSON = {
    "ref": NOBODY_YET,
    "age": "unknown",
    "roles": [],
    "vulnerabilities": ["unknown"],
    "agency_involvement": "unknown",
}
ELSEWHERE = "Saved in another window:"


class Posted(Protocol):
    """What was posted for a page of a draft."""

    def keep(self, draft: Draft, *, by: User) -> list[str]:
        """Store what can be kept; a sentence for whatever could not be. Raises DraftEnded."""

    def is_in(self, draft: Draft) -> bool:
        """Whether the draft already holds all that can be kept."""


class PostedPage:
    """A page of questions. One that does not apply to the draft holds nothing to keep."""

    def __init__(self, step: str, data: QueryDict) -> None:
        self.step, self.data = step, data

    def _read(self, draft: Draft) -> Hurried:
        current = draft.route.step(self.step)
        if current is None:
            return Hurried({})
        kwargs: dict[str, Any] = {"edition": draft.edition.content(), "asks": current.asks}
        if self.step == "people":
            kwargs["pictured"] = someone_pictured({"people": draft.people})
        read = read_hurried(dict(STEP_FORMS)[self.step](self.data, **kwargs))
        # An empty text box is no answer when nobody pressed Continue on it.
        boxes = ("services", "notes")
        read.values = {k: value for k, value in read.values.items() if value or k not in boxes}
        return read

    def keep(self, draft: Draft, *, by: User) -> list[str]:
        read = self._read(draft)
        asked = draft.route.at(self.step).asks if read.values else ()
        stored = {key: draft.answers[key] for key in asked if key in draft.answers}
        shown = actions.fingerprint(stored)
        if self.data.get("shown") != shown:
            read.lost += _join(read.values, stored, draft)
        actions.save_answers(draft=draft, asked=asked, values=read.values, shown=shown, by=by)
        return read.lost

    def is_in(self, draft: Draft) -> bool:
        values = self._read(draft).values
        return all(_says(key, draft.answers.get(key), value) for key, value in values.items())


class PostedPerson:
    """The page of one person, listed or new; what is not given is unknown."""

    def __init__(self, person_id: str, data: QueryDict) -> None:
        self.person_id, self.data = person_id, data

    def _read(self, draft: Draft) -> Hurried:
        read = read_hurried(PersonForm(self.data, edition=draft.edition.content()))
        read.values = {key: value for key, value in read.values.items() if value != ""}
        return read

    def keep(self, draft: Draft, *, by: User) -> list[str]:
        read = self._read(draft)
        stored = draft.person(self.person_id)
        if read.values and stored is None and len(draft.people) >= MOST_PEOPLE:
            read.lost.append(FULL)
        elif read.values:
            person = {**(stored or UNKNOWN_PERSON), **read.values, "id": self.person_id}
            person["ref"] = _of_their_own(person, draft)
            shown = actions.fingerprint(stored)
            actions.save_person(draft=draft, person=person, shown=shown, by=by)
        return read.lost

    def is_in(self, draft: Draft) -> bool:
        stored = draft.person(self.person_id) or {}
        values = self._read(draft).values
        if "ref" in values:
            values["ref"] = _of_their_own({**values, "id": self.person_id}, draft)
        return all(stored.get(key) == value for key, value in values.items())


def _of_their_own(person: dict[str, Any], draft: Draft) -> str:
    """The person's reference; with a number where somebody else listed has it already."""
    ref = str(person["ref"])
    others = [other["ref"] for other in draft.people if other["id"] != person["id"]]
    if is_nobody_yet(ref):
        return next_nobody(others)
    numbers = count(2)
    wanted = ref
    while any(same_ref(wanted, other) for other in others):
        end = f" ({next(numbers)})"
        wanted = ref[: MAX_REF - len(end)] + end
    return wanted


def _join(values: dict[str, Any], stored: dict[str, Any], draft: Draft) -> list[str]:
    """Join texts that two windows stored, in place; a sentence for each answer that gave way."""
    gave_way = []
    for key, other in stored.items():
        if key not in values or _says(key, values[key], other):
            continue
        if key == "notes":
            values[key] = f"{values[key]}\n\n{ELSEWHERE}\n{other}"
        elif key == "services":
            named = [name for name in (*values[key], *other) if name != "unknown"]
            values[key] = list(dict.fromkeys(named))
        elif key in draft.route.answers:
            title = draft.edition.content().item(Kind.QUESTION, key).title
            gave_way.append(
                f"Another window had saved a different answer to “{title}”. "
                "The one on the page you sent from was sent."
            )
    return gave_way


def _says(key: str, longer: Any, shorter: Any) -> bool:
    """Whether the first of two answers to a question says all that the second does."""
    if key == "notes":
        return shorter in (longer or "")
    if key == "services":
        return shorter == ["unknown"] or set(shorter) <= set(longer or [])
    return bool(longer == shorter)
