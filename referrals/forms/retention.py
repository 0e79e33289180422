"""Forms about how long cases are kept."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from referrals.forms.base import CaseForm, DateText
from referrals.models import DeletedBecause
from referrals.models.retention import FEWEST, MOST
from referrals.records import FULL
from referrals.reference import as_written
from web.fields import LongText, RadioQuestion, ShortText
from web.layout import Question, questions

LONGEST = 100


class WholeYears(ShortText):
    """A whole number of years between `fewest` and MOST. Gives an int."""

    def __init__(self, *, fewest: int, **kwargs: Any) -> None:
        self.fewest = fewest
        wrong = f"Enter a whole number from {fewest} to {MOST}"
        super().__init__(max_length=10, width="3", inputmode="numeric", missing=wrong, **kwargs)

    def clean(self, value: Any) -> int:
        text = super().clean(value).strip()
        if text.isascii() and text.isdigit() and self.fewest <= int(text) <= MOST:
            return int(text)
        raise forms.ValidationError(self.error_messages["required"])


class RuleForm(forms.Form):
    """How long an organisation keeps its cases."""

    birthday = WholeYears(
        label="Until which birthday of the youngest child?",
        help_text="For example, 25",
        fewest=FEWEST,
    )
    years = WholeYears(
        label="Where no child’s age is known: for how many years after the case was closed?",
        help_text="For example, 25",
        fewest=1,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = questions(Question("birthday", size="s"), Question("years", size="s"))


class HoldForm(CaseForm):
    reason = LongText(
        label="Why must this case be kept?",
        help_text="For example: an inquiry or a court has asked for records of that time.",
        max_length=FULL,
        missing="Enter why this case must be kept",
    )


class KeepForm(CaseForm):
    until = DateText(
        label="Until when is it kept?",
        help_text="Then it is put to you again. For example, 27 3 2037",
        missing="Enter the day until which it is kept, for example 27 3 2037",
    )
    reason = LongText(
        label="Why is it needed for longer?",
        help_text="Say who needs it, and for what.",
        max_length=FULL,
        missing="Enter why it is needed for longer",
    )

    def __init__(self, *args: Any, after: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.after:
            shown = f"{self.after.day} {self.after.month} {self.after.year}"
            raise forms.ValidationError(f"Enter a day after {shown}")
        if until.year > timezone.localdate().year + LONGEST:
            raise forms.ValidationError(f"Enter a day within the next {LONGEST} years")
        return until


class DeleteForm(CaseForm):
    """The second step: nothing goes unless the reference is typed."""

    reason = RadioQuestion(
        label="Why is it deleted?",
        choices=DeletedBecause.choices,
        missing="Select why it is deleted",
    )
    reference = ShortText(
        label="Type the reference of this case, to confirm",
        help_text="It stands at the top of this page.",
        max_length=20,
        width="20",
        spellcheck=False,
        missing="Type the reference of this case",
    )

    def __init__(self, *args: Any, wanted: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = wanted

    def clean_reference(self) -> str:
        if as_written(self.cleaned_data["reference"]) != self.wanted:
            raise forms.ValidationError("This is not the reference of this case. Type it again")
        return self.wanted
