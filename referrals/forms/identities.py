"""Forms of identity cards."""

from datetime import date
from typing import cast

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from referrals.forms.base import CaseForm, DateText, SeenNumber
from referrals.identities import NAME_LENGTH
from referrals.records import FULL
from web.fields import LongText, RadioQuestion, ShortText

OLDEST = 130  # years


class IdentityForm(CaseForm):
    """Every answer can stay empty: what is not known yet is filled in later."""

    full_name = ShortText(
        label="Full name",
        help_text="As it stands in your own records.",
        max_length=NAME_LENGTH,
        required=False,
        spellcheck=False,
    )
    date_of_birth = DateText(
        label="Date of birth", help_text="For example, 27 3 2012", required=False
    )
    pupil_number = ShortText(
        label="Your own number for this pupil",
        help_text="The number your setting knows them by, if there is one.",
        max_length=40,
        width="20",
        required=False,
        spellcheck=False,
    )

    def clean_date_of_birth(self) -> date | None:
        born: date | None = self.cleaned_data["date_of_birth"]
        today = timezone.localdate()
        if born and born > today:
            raise ValidationError("Enter a date of birth that is in the past")
        if born and born.year < today.year - OLDEST:
            raise ValidationError("Check the year of the date of birth")
        return born


class CompareForm(CaseForm):
    """`known`: the decision on the two cards that the page was opened with, 0 for none."""

    same = RadioQuestion(
        label="Are these the same person?",
        choices=[("yes", "Yes, the same person"), ("no", "No, not the same person")],
        missing="Select whether they are the same person",
    )
    reason = LongText(
        label="How do you know?",
        help_text="Only people who may see both cases can read this. You can leave it blank.",
        max_length=FULL,
        rows=3,
        required=False,
    )
    known = SeenNumber()

    def known_again(self, number: int) -> None:
        """Somebody decided meanwhile, and the page says so: posting it once more goes through."""
        data = cast(QueryDict, self.data).copy()
        data["known"] = str(number)
        self.data = data
