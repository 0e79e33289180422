"""From the declared entries (referrals.records) to their forms."""

from datetime import date
from typing import Any

from django import forms

from referrals.forms.base import DateText, HappenedForm
from referrals.models import Case
from referrals.records import FULL, LINE, Field, RecordKind
from web.fields import LongText, RadioQuestion, ShortText
from web.layout import Question, questions

MISSING = {"choice": "Select an answer: {}", "person": "Select who: {}"}


class RecordForm(HappenedForm):
    """The form of one kind of entry, for one case."""

    def __init__(self, *args: Any, record: RecordKind, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        people = people_of(case)
        for asked in record.fields:
            self.fields[asked.key] = field_for(asked, people)
        names = [*(asked.key for asked in record.fields), "on", "at"]
        self.helper = questions(*(Question(name, size="s") for name in names))
        self.order_fields([*names, "seen"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        for asked in self.record.fields:
            if asked.needed_if is None or self.cleaned_data.get(asked.key):
                continue
            other, values = asked.needed_if
            if self.cleaned_data.get(other) in values and asked.key not in self.errors:
                self.add_error(asked.key, missing(asked))
        return self.cleaned_data

    def values(self) -> dict[str, str]:
        """What was answered, as the chronology keeps it: words under each key, empty left out."""
        given = {asked.key: self.cleaned_data[asked.key] for asked in self.record.fields}
        return {key: as_words(value) for key, value in given.items() if value}


def people_of(case: Case) -> list[tuple[str, str]]:
    """The people of the case to choose from, by reference; then "everyone"."""
    refs = [person["ref"] for person in case.assessment.answers["people"]]
    return [*((ref, ref) for ref in refs), ("Somebody else", "Somebody else")]


def field_for(asked: Field, people: list[tuple[str, str]]) -> forms.Field:
    common: dict[str, Any] = {
        "label": asked.label,
        "help_text": asked.hint,
        "required": asked.needed,
        "missing": missing(asked),
    }
    if asked.shape in ("choice", "person"):
        return RadioQuestion(choices=people if asked.shape == "person" else asked.choices, **common)
    if asked.shape == "date":
        return DateText(**common)
    if asked.shape == "line":
        return ShortText(max_length=LINE, **common)
    return LongText(max_length=FULL, rows=4, **common)


def missing(asked: Field) -> str:
    return MISSING.get(asked.shape, "Enter an answer: {}").format(asked.label)


def as_words(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
