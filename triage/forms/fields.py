"""From `questions.py` to form fields, and from what a field holds to what a draft stores."""

import unicodedata
from typing import Any

from django import forms

from guidance.content import EditionContent, Kind
from triage.model.route import Page
from triage.questions import DONT_KNOW, QUESTIONS, Option, Question
from web.fields import CheckboxQuestion, LongText, RadioQuestion

NOTES_LENGTH = 4000
MOST_SERVICES = 20
SERVICE_LENGTH = 60


def field_for(question: Question) -> forms.Field:
    """The form field that asks a question of the table, "I don't know yet" last."""
    none = (Option("none", question.none),) if question.none else ()
    options = (*question.options, *none, Option("unknown", DONT_KNOW))
    common: dict[str, Any] = {
        "choices": [(option.value, option.label) for option in options],
        "item_hints": {option.value: option.hint for option in options if option.hint},
        "divider_before": none[0].value if none else "unknown",
        "missing": question.error,
    }
    if question.many:
        return CheckboxQuestion(exclusive=("none", "unknown"), **common)
    return RadioQuestion(**common)


def services_fields() -> dict[str, forms.Field]:
    """The list of apps is free text; not knowing them is a box to tick."""
    return {
        "services": LongText(required=False, rows=3, max_length=1300, spellcheck=False),
        "services_unknown": CheckboxQuestion(
            label="Or",
            choices=[("unknown", DONT_KNOW)],
            missing="",
            required=False,
        ),
    }


def fields_for(page: Page) -> dict[str, forms.Field]:
    """The declared fields of a page: nothing else that is posted is looked at."""
    fields: dict[str, forms.Field] = {}
    for key in page.keys:
        if key == "services":
            fields |= services_fields()
        elif key == "notes":
            fields[key] = LongText(required=False, max_length=NOTES_LENGTH, rows=8)
        elif key in QUESTIONS:
            fields[key] = field_for(QUESTIONS[key])
    return fields


def to_widget(key: str, value: Any) -> Any:
    """A stored answer as its field shows it."""
    if key == "services":
        return "" if value == ["unknown"] else "\n".join(value)
    if key in QUESTIONS and QUESTIONS[key].many and value == []:
        return ["none"] if QUESTIONS[key].none else ["unknown"]
    return value


def to_answer(key: str, value: Any) -> Any:
    """A field's cleaned value as it is stored."""
    if key in QUESTIONS and QUESTIONS[key].many:
        known = list(dict.fromkeys(item for item in value if item != "none"))
        return [] if key == "roles" and known == ["unknown"] else known
    return value


def word(field: forms.Field, key: str, edition: EditionContent) -> None:
    """Give a field its question and hint from the guidance."""
    item = edition.item(Kind.QUESTION, key)
    field.label, field.help_text = item.title, item.hint


def one_line(text: str) -> str:
    """The text with tabs, line breaks and other control characters as single spaces.

    A name pasted from a spreadsheet brings them along; the model refuses them.
    """
    visible = (" " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in text)
    return " ".join("".join(visible).split())


def name_list(text: str) -> list[str]:
    """Names of apps, one a line; commas do too. Each once."""
    names = [one_line(name) for line in text.splitlines() for name in line.split(",")]
    return list(dict.fromkeys(name for name in names if name and name != "unknown"))


def parse_services(text: str) -> list[str]:
    """The names in a text. Raises ValidationError: too many, or too long."""
    unique = name_list(text)
    if len(unique) > MOST_SERVICES or any(len(name) > SERVICE_LENGTH for name in unique):
        raise forms.ValidationError(
            f"Enter up to {MOST_SERVICES} names, one on each line, "
            f"each of {SERVICE_LENGTH} characters or fewer"
        )
    return unique
