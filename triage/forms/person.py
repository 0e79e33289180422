"""The form of one person: reference, age or age group, part played, vulnerabilities, agencies."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from guidance.content import EditionContent
from triage.forms.answering import AnswersForm
from triage.forms.fields import field_for, one_line, to_answer, to_widget, word
from triage.model.ages import band_of
from triage.model.refs import is_blank, is_nobody_yet, next_nobody, same_ref
from triage.model.vocabulary import PERSON_ORDER
from triage.questions import AGE_BANDS, DONT_KNOW, QUESTIONS
from web.fields import RadioQuestion, ShortText
from web.layout import Question as Ask
from web.layout import questions

# Far more than anybody names. Working out what every open answer could change takes with each
# person longer than with the one before: without an end somebody could keep the server busy.
MOST_PEOPLE = 100
FULL = (
    f"There are {MOST_PEOPLE} people on the list already, and it takes no more. "
    "Write in the notes who else there is."
)


class PersonForm(AnswersForm):
    """One person: reference, age or age group, part played, vulnerabilities, agencies.

    `others` are the references of the other people listed; no two may read alike.
    """

    ref = ShortText(
        max_length=40,
        width="20",
        spellcheck=False,
        missing="Enter initials or your own reference, or “Not yet identified”",
    )
    age = ShortText(required=False, width="3", inputmode="numeric", max_length=9)
    age_band = RadioQuestion(
        label="If you do not know the exact age",
        choices=[(o.value, o.label) for o in AGE_BANDS.options] + [("unknown", DONT_KNOW)],
        divider_before="unknown",
        required=False,
        missing=AGE_BANDS.error,
    )
    roles = field_for(QUESTIONS["roles"])
    vulnerabilities = field_for(QUESTIONS["vulnerabilities"])
    agency_involvement = field_for(QUESTIONS["agency_involvement"])

    def __init__(
        self, *args: Any, edition: EditionContent, others: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.others = tuple(others)
        for key in PERSON_ORDER:
            word(self.fields[key], key, edition)
        names = [name for name in self.fields if name != "shown"]
        self.helper = questions(*(Ask(n, size="s" if n == "age_band" else "m") for n in names))

    def clean_ref(self) -> str:
        if len(self.others) >= MOST_PEOPLE:
            raise forms.ValidationError(FULL)
        ref = one_line(self.cleaned_data["ref"])
        if is_blank(ref):
            raise forms.ValidationError(self.fields["ref"].error_messages["required"])
        taken = next((other for other in self.others if same_ref(ref, other)), None)
        if taken is None:
            return ref
        if is_nobody_yet(ref):
            return next_nobody(self.others)
        raise forms.ValidationError(
            f"You already listed somebody as “{taken}”. "
            "Use another letter or number for this person."
        )

    def clean_age(self) -> int | str:
        """Whole years, or "" when left empty; a band's own word is taken as well."""
        text = self.cleaned_data["age"]
        if text in ("", "unknown", *(band.value for band in AGE_BANDS.options)):
            return str(text)
        if not (text.isascii() and text.isdigit() and int(text) <= 120):
            raise forms.ValidationError("Enter the age in whole years, from 0 to 120")
        return int(text)

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if "age" not in cleaned or "age_band" not in cleaned:
            return cleaned
        age, band = cleaned["age"], cleaned.pop("age_band")
        if age == "":
            cleaned["age"] = band
        if cleaned["age"] == "":
            self.add_error("age", AGE_BANDS.error)
        elif isinstance(age, int) and band not in ("", "unknown", band_of(age)):
            self.add_error("age", "The age and the age group do not match. Change one of them")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The person's answers given so far; all of them after `is_valid`."""
        given = self.cleaned_data
        return {key: to_answer(key, given[key]) for key in PERSON_ORDER if key in given}


def initial_of(person: Mapping[str, Any]) -> dict[str, Any]:
    """A stored person as the form shows them."""
    initial = {key: to_widget(key, value) for key, value in person.items()}
    if isinstance(initial.get("age"), str):
        initial["age_band"] = initial.pop("age")
    return initial
