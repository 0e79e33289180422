"""Answers in words, section by section, with the page that changes each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from guidance.content import EditionContent, Kind
from triage import pages
from triage.model.route import SECTIONS, Step, replay
from triage.models import Draft


@dataclass(frozen=True)
class Row:
    """One answer: the question, the answer line by line, where to change it, what "it" is."""

    question: str
    lines: list[str]
    change_url: str
    what: str


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Row]


def summary_of(draft: Draft) -> list[Section]:
    """What a draft holds, each answer with the address of the page that changes it."""
    return in_sections(draft.answers, pages.edition_of(draft), draft)


def in_sections(
    stored: Mapping[str, Any], edition: EditionContent, draft: Draft | None = None
) -> list[Section]:
    """The sections of the route with the answers given so far; open questions are left out.

    `stored` is what a draft holds, or the canonical answers of a case (then without `draft`).
    """
    titles: list[tuple[str | None, str]] = [*SECTIONS.items(), (None, "Notes")]
    sections = []
    for key, title in titles:
        steps = [step for step in replay(stored).steps if step.page.section == key]
        rows = [row for step in steps for row in _rows(stored, step, edition, draft)]
        if rows:
            sections.append(Section(title, rows))
    return sections


def _rows(
    stored: Mapping[str, Any], step: Step, edition: EditionContent, draft: Draft | None
) -> Iterator[Row]:
    if step.page.name == "people":
        yield from _people(stored, draft)
        return
    url = pages.step_url(draft, step.page.name) if draft else ""
    for key in step.asks:
        if key in stored:
            item = edition.item(Kind.QUESTION, key)
            lines = pages.words_for(key, stored[key])
            yield Row(item.title, lines, url, item.short or item.title)


def _people(stored: Mapping[str, Any], draft: Draft | None) -> Iterator[Row]:
    for person in stored.get("people", []):
        url = pages.person_url(draft, person["id"]) if draft else ""
        yield Row(person["ref"], pages.person_in_words(person), url, person["ref"])
