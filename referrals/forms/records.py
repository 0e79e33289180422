"""From the declared entries (referrals.records) to their forms."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from referrals.forms.base import DateText, HappenedForm
from referrals.models import Case
from referrals.records import FULL, LINE, Field, RecordKind
from web.fields import LongText, RadioQuestion, ShortText

LEADER = {
    "leader_name": "Enter the name of the leader who agreed: the response is to refer this case",
    "leader_position": "Enter the position of the leader who agreed",
}
MISSING = {"choice": "Select an answer: {}", "person": "Select who: {}"}


class ComingDay(DateText):
    """A day on which something is looked at again."""

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and day <= timezone.localdate():
            raise ValidationError("Enter a day that is still to come")
        return day


class RecordForm(HappenedForm):
    """The form of one kind of entry, for one case."""

    def __init__(
        self,
        *args: Any,
        record: RecordKind,
        case: Case,
        leader_needed: bool = False,
        **kwargs: Any,
    ) -> None:
        """`leader_needed`: a decision not to refer must name the leader who agreed."""
        super().__init__(*args, **kwargs)
        self.record = record
        self.leader_needed = leader_needed
        people = people_of(case)
        for asked in record.fields:
            self.fields[asked.key] = field_for(asked, people)
        self.order_fields([*(asked.key for asked in record.fields), "on", "at", "seen"])
        self._lay_out()

    def clean(self) -> dict[str, Any]:
        super().clean()
        for asked in self.record.fields:
            if asked.needed_if is None or self.cleaned_data.get(asked.key):
                continue
            other, values = asked.needed_if
            if self.cleaned_data.get(other) in values and asked.key not in self.errors:
                self.add_error(asked.key, missing(asked))
        for key in ("leader_name", "leader_position") if self.leader_needed else ():
            if not self.cleaned_data.get(key) and key not in self.errors:
                self.add_error(key, LEADER[key])
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
        return ComingDay(**common)
    if asked.shape == "line":
        return ShortText(max_length=LINE, **common)
    return LongText(max_length=FULL, rows=4, **common)


def missing(asked: Field) -> str:
    return MISSING.get(asked.shape, "Enter an answer: {}").format(asked.label)


def as_words(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
