"""The wizard's questions for paper.

They are read off the wizard's own forms, worded by an edition, so that paper asks what the wizard
asks, in its order and in its words.
"""

import re
from dataclasses import dataclass

from django import forms

from guidance.content import EditionContent
from triage.forms import STEP_FORMS, PageForm, PersonForm
from triage.model.route import SECTIONS

# How many lines to write on, where there is nothing to tick.
LINES = {"services": 2, "notes": 10}


@dataclass(frozen=True)
class Choice:
    words: str
    hint: str


@dataclass(frozen=True)
class Asked:
    """One question: the choices to tick, or how many lines to write on."""

    text: str
    hint: str
    choices: tuple[Choice, ...]
    lines: range


@dataclass(frozen=True)
class Section:
    """Questions in order. Those `of_each` person come between the two lists."""

    title: str
    first: list[Asked]
    of_each: list[Asked]
    then: list[Asked]


def sections(edition: EditionContent) -> list[Section]:
    """All the wizard's pages, whatever the route; the notes last."""
    return [_section(key, title, edition) for key, title in [*SECTIONS.items(), (None, "Notes")]]


def warnings(body: str) -> str:
    """The parts of a Markdown text that hold a list, each with its heading; else the whole text.

    Of the start page that is what to do and what not; the rest is about using a computer.
    """
    parts = re.split(r"^(?=#{1,6} )", body, flags=re.MULTILINE)
    return "".join(part for part in parts if re.search(r"^[-*] ", part, re.MULTILINE)) or body


def _section(key: str | None, title: str, edition: EditionContent) -> Section:
    pages = [form for _, form in STEP_FORMS if form.page.section == key]
    names = [form.page.name for form in pages]
    people = names.index("people") if "people" in names else 0
    return Section(
        title,
        first=[asked for form in pages[:people] for asked in _of_page(form, edition)],
        of_each=_asked(PersonForm(edition=edition)) if "people" in names else [],
        then=[asked for form in pages[people:] for asked in _of_page(form, edition)],
    )


def _of_page(form: type[PageForm], edition: EditionContent) -> list[Asked]:
    more = {"pictured": False} if form.page.name == "people" else {}
    return _asked(form(edition=edition, asks=form.page.keys, **more))


def _asked(form: forms.Form) -> list[Asked]:
    return [_question(bound.name, bound.field) for bound in form.visible_fields()]


def _question(name: str, field: forms.Field) -> Asked:
    hints = getattr(field, "item_hints", {})
    choices = tuple(Choice(words, hints.get(key, "")) for key, words in _choices(field))
    return Asked(str(field.label), str(field.help_text), choices, range(LINES.get(name, 1)))


def _choices(field: forms.Field) -> list[tuple[str, str]]:
    return list(getattr(field, "choices", ()))
