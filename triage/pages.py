"""Where the wizard's pages are, which comes next, and how its answers read in words."""

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.urls import reverse

from guidance.content import EditionContent, Kind
from triage.model.contradictions import contradictions
from triage.model.route import SECTIONS
from triage.models import Draft
from triage.questions import AGE_BANDS, DONT_KNOW, QUESTIONS

# Pages with two questions have a heading of their own; any other is headed by its question.
HEADINGS = {
    "services": "Apps and services",
    "relationship": "How they know each other",
    "making": "How the image was made, and why",
    "sharing": "How the image was shared, and why",
}
# What confirming the list of people says.
PEOPLE_LISTED = {"yes": "The list was confirmed", "no_image": "There is no image"}
PERSON_NAMES = {
    "age": "Age",
    "roles": "Part played",
    "vulnerabilities": "Vulnerabilities",
    "agency_involvement": "Other agencies involved",
}
# The notes of an amendment are not those of whoever reported it.
NOTES_ON_A_CHANGE = (
    "Write how this became known: who said it, when, and to whom. Keep what was said apart from "
    "what you think. You can leave this blank.\n\n"
    "The notes that were sent with the triage stay with the case as they are."
)


def edition_of(draft: Draft) -> EditionContent:
    """The words of a draft's pages: its edition's, but for the notes of an amendment."""
    edition = draft.edition.content()
    if not draft.amends:
        return edition
    notes = edition.item(Kind.QUESTION, "notes")
    changed = replace(
        notes,
        title="Notes on this change",
        short="notes on this change",
        hint="No names, and no description of the image.",
        body=NOTES_ON_A_CHANGE,
    )
    return replace(edition, items=tuple(changed if i is notes else i for i in edition.items))


def step_url(draft: Draft, step: str) -> str:
    return reverse("triage_step", kwargs={"draft_id": draft.pk, "step": step})


def person_url(draft: Draft, person_id: str) -> str:
    return reverse("triage_person", kwargs={"draft_id": draft.pk, "person_id": person_id})


def add_person_url(draft: Draft) -> str:
    """The page of a person not listed yet, under an id of their own: adding twice adds one."""
    return person_url(draft, secrets.token_hex(4))


def check_url(draft: Draft) -> str:
    return reverse("triage_check", kwargs={"draft_id": draft.pk})


def next_url(draft: Draft) -> str:
    """Where to go now: a contradiction first, then the first open question, then the check."""
    if contradictions(draft.route.answers):
        return reverse("triage_which_is_right", kwargs={"draft_id": draft.pk})
    step = draft.route.first_open
    return step_url(draft, step.page.name) if step else check_url(draft)


def back_url(draft: Draft, step: str) -> str:
    """The page before; from a complete draft, back to the check; from the first page, home."""
    if draft.route.first_open is None:
        return check_url(draft)
    before = draft.route.before(step)
    return step_url(draft, before) if before else reverse("home")


def progress(section: str | None) -> str:
    """For example "Section 2 of 4: How it was shared"; empty outside the four sections."""
    if section is None:
        return ""
    number = list(SECTIONS).index(section) + 1
    return f"Section {number} of {len(SECTIONS)}: {SECTIONS[section]}"


def how_far(draft: Draft) -> str:
    """How far a draft is, for the lists of drafts."""
    step = draft.route.first_open
    if step is None:
        return "All questions answered: ready to submit"
    return progress(step.page.section) or "Notes, then check your answers"


def words_for(key: str, value: Any) -> list[str]:
    """A stored answer as a list of lines in words. Free text is given back as it is."""
    if key == "age":
        return [str(value) if isinstance(value, int) else AGE_BANDS.label(value)]
    if key == "services":
        return [DONT_KNOW] if value == ["unknown"] else list(value) or ["None named"]
    if key == "people_listed":
        return [PEOPLE_LISTED[value]]
    if key not in QUESTIONS:
        return [str(value) or "None"]
    question = QUESTIONS[key]
    if not isinstance(value, list):
        return [question.label(value)]
    return [question.label(item) for item in value] or [question.none or DONT_KNOW]


def line_for(key: str, value: Any) -> str:
    """The same in one line. The answers themselves have commas, so these have semicolons."""
    return "; ".join(words_for(key, value))


def person_in_words(person: Mapping[str, Any]) -> list[str]:
    """A listed person, line by line; each says what it is about, so that it can stand alone."""
    return [f"{name}: {line_for(key, person[key])}" for key, name in PERSON_NAMES.items()]


def in_words(
    posted: Mapping[str, Any], stored: Mapping[str, Any] | None, edition: EditionContent
) -> list[str]:
    """What another window stored where it differs from what was posted here, line by line."""
    if stored is None:
        return ["This person was taken off the list"]
    changed = {k: v for k, v in stored.items() if posted.get(k) != v and k != "id"}
    return [f"{_name(key, edition)}: {line_for(key, value)}" for key, value in changed.items()]


def _name(key: str, edition: EditionContent) -> str:
    """The question as a phrase: "How the children involved are being affected"."""
    short = edition.item(Kind.QUESTION, "people" if key == "people_listed" else key).short
    return f"{short[0].upper()}{short[1:]}"
