"""The forms of the wizard: one a page, made from `questions.py`; and the person's form.

Field names are the answer keys of the model. What a form returns (`values()`) is canonical: ready
to be stored in a draft.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from guidance.content import EditionContent, Kind
from triage.model.ages import band_of
from triage.model.route import PAGES, Page
from triage.model.vocabulary import PERSON_ORDER
from triage.questions import AGE_BANDS, DONT_KNOW, QUESTIONS, Option, Question
from web.fields import CheckboxQuestion, LongText, RadioQuestion, ShortText
from web.layout import Question as Ask
from web.layout import questions

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


class RememberingForm(forms.Form):
    """A form that carries `shown`, the fingerprint of what its page was opened with."""

    shown = forms.CharField(widget=forms.HiddenInput)

    def shown_again(self, fingerprint: str) -> None:
        """Show the page again beside what is stored now: posting it once more is no conflict."""
        data = cast(QueryDict, self.data).copy()
        data["shown"] = fingerprint
        self.data = data


class PageForm(RememberingForm):
    """What the wizard needs of a page's form: `asks`, the answer keys; `values()`, the answers."""

    page: ClassVar[Page]

    def __init__(
        self, *args: Any, edition: EditionContent, asks: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.asks = tuple(asks)

    def values(self) -> dict[str, Any]:
        raise NotImplementedError


class StepForm(PageForm):
    """One page of questions. Labels, hints and help come from the edition of the guidance."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asks = self.asks
        asked = {"shown", *asks} | ({"services_unknown"} if "services" in asks else set())
        for name in set(self.fields) - asked:
            del self.fields[name]
        self.asks = tuple(key for key in asks if key in self.fields)
        for key in self.asks:
            word(self.fields[key], key, self.edition)
        self.helper = questions(*self.layout())

    def layout(self) -> list[Ask | str]:
        """A question alone on its page is the page's heading; two stand under a heading."""
        if len(self.asks) == 1 and "services_unknown" not in self.fields:
            return [Ask(self.asks[0], heading=True, size="l")]
        names = [name for name in self.fields if name != "shown"]
        return [Ask(name, size="s" if name == "services_unknown" else "m") for name in names]

    def clean_services(self) -> list[str]:
        return parse_services(self.cleaned_data["services"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.pop("services_unknown", None):
            if cleaned.get("services"):
                self.add_error("services", "Remove the names, or untick “I don’t know yet”")
            else:
                cleaned["services"] = ["unknown"]
        return cleaned

    def values(self) -> dict[str, Any]:
        """The answers of this page as they are stored; after `is_valid`, all of them."""
        return {k: to_answer(k, self.cleaned_data[k]) for k in self.asks if k in self.cleaned_data}


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


def parse_services(text: str) -> list[str]:
    """Names of apps, one a line; commas do too. Raises ValidationError: too many, or too long."""
    names = [one_line(name) for line in text.splitlines() for name in line.split(",")]
    unique = list(dict.fromkeys(name for name in names if name and name != "unknown"))
    if len(unique) > MOST_SERVICES or any(len(name) > SERVICE_LENGTH for name in unique):
        raise forms.ValidationError(
            f"Enter up to {MOST_SERVICES} names, one on each line, "
            f"each of {SERVICE_LENGTH} characters or fewer"
        )
    return unique


class PeopleForm(PageForm):
    """Confirms the list of people. Shown with `no_image` only while nobody listed is pictured."""

    people_listed = CheckboxQuestion(
        label="Is there an image at all?",
        choices=[("no_image", "There is no image. This is about messages or talk only")],
        missing="",
        required=False,
    )

    def __init__(self, *args: Any, pictured: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pictured = pictured
        if pictured:
            del self.fields["people_listed"]
        self.helper = questions(*(name for name in self.fields if name != "shown"))

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if not self.pictured and not cleaned.get("people_listed"):
            self.add_error(
                "people_listed",
                "Add who is in the image. If nobody knows yet, add someone not yet identified. "
                "If there is no image, tick the box",
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        if self.cleaned_data.get("people_listed"):
            return {"people_listed": "no_image", "image_kind": "no_image"}
        return {"people_listed": "yes"}


def form_for(page: Page) -> type[PageForm]:
    """The form class of a page, its fields declared once when the program starts."""
    if page.name == "people":
        return type("PeopleStep", (PeopleForm,), {"page": page})
    name = page.name.title().replace("-", "") + "Step"
    return type(name, (StepForm,), {"page": page, **fields_for(page)})


STEP_FORMS = [(page.name, form_for(page)) for page in PAGES]


class PersonForm(RememberingForm):
    """One person: reference, age or age group, part played, vulnerabilities, agencies."""

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

    def __init__(self, *args: Any, edition: EditionContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in PERSON_ORDER:
            word(self.fields[key], key, edition)
        names = [name for name in self.fields if name != "shown"]
        self.helper = questions(*(Ask(n, size="s" if n == "age_band" else "m") for n in names))

    def clean_ref(self) -> str:
        ref = one_line(self.cleaned_data["ref"])
        if not ref:
            raise forms.ValidationError(self.fields["ref"].error_messages["required"])
        return ref

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
        elif isinstance(age, int) and band not in ("", band_of(age)):
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


class DiscardForm(forms.Form):
    """Why a draft is not needed. The safeguarding lead can read it."""

    reason = LongText(
        label="Why is this triage not needed?",
        help_text="Your designated safeguarding lead can read this, and the answers given so far.",
        max_length=1000,
        missing="Enter why this triage is not needed",
    )
