"""Forms of what a safeguarding lead decides: review, assign, close, reopen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import User
from guidance.content import Kind
from referrals.entries import CLOSE_OUTCOMES
from referrals.forms.base import CaseForm, DateText
from referrals.models import Assessment
from referrals.records import FULL
from referrals.urgency import URGENCY
from triage.model.catalogue import RESPONSES
from web.fields import LongText, RadioQuestion

CHOOSE = "Choose"


def person_choices(
    people: Iterable[User], nobody: str = CHOOSE, now: User | None = None
) -> list[tuple[str, str]]:
    """People to choose from. `now`: who it is now, offered too when they could not be chosen."""
    listed = [(str(person.pk), person.name) for person in people]
    if now is not None and str(now.pk) not in dict(listed):
        listed.append((str(now.pk), f"{now.name} (cannot open this case any more)"))
    return [("", nobody), *listed]


class AcknowledgeForm(CaseForm):
    """Nothing to fill in."""


class ReviewForm(CaseForm):
    """Agree with the tool, or say what holds instead and why."""

    decision = RadioQuestion(
        label="Do you agree with what the tool worked out?",
        choices=[
            ("agree", "Yes, I agree"),
            ("override", "No, another classification or response holds"),
        ],
        missing="Select whether you agree",
    )
    reason = LongText(
        label="Why?",
        help_text="Needed if you do not agree. It is kept beside what the tool worked out.",
        max_length=FULL,
        required=False,
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = (assessment.classification, str(assessment.result["response"]))
        outcomes = assessment.edition.content().of_kind(Kind.OUTCOME)
        self.fields["classification"] = RadioQuestion(
            label="If you do not agree: what kind of incident is it?",
            choices=[(item.key, item.title) for item in outcomes],
            missing="Select what kind of incident it is",
            required=False,
            initial=self.own[0],
        )
        self.fields["response"] = RadioQuestion(
            label="If you do not agree: what is the response?",
            choices=[(key, URGENCY[key]) for key in reversed(RESPONSES)],
            missing="Select the response",
            required=False,
            initial=self.own[1],
        )
        self.order_fields(["decision", "classification", "response", "reason", "seen"])
        self._lay_out()

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        if given.get("decision") != "override":
            return given
        for key in ("classification", "response"):
            if not given.get(key) and key not in self.errors:
                self.add_error(key, self.fields[key].error_messages["required"])
        if not given.get("reason", "").strip() and "reason" not in self.errors:
            self.add_error("reason", "Enter why another classification or response holds")
        if (given.get("classification"), given.get("response")) == self.own:
            self.add_error(
                "classification",
                "This is what the tool worked out. Select something else, or say that you agree",
            )
        return given


class AssignForm(CaseForm):
    to = forms.ChoiceField(
        label="Who leads on this case?",
        help_text="They are told by e-mail.",
        error_messages={
            "required": "Select who leads on this case",
            "invalid_choice": "Select one of the people shown",
        },
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["to"].choices = person_choices(self.people.values())  # type: ignore[attr-defined]

    def chosen(self) -> User:
        return self.people[self.cleaned_data["to"]]


class CloseForm(CaseForm):
    outcome = RadioQuestion(
        label="What is the outcome?", choices=CLOSE_OUTCOMES, missing="Select the outcome"
    )
    summary = LongText(
        label="What was decided, and why is it right to close the case now?",
        help_text="Say what was done for each child, and what would make you open it again.",
        max_length=FULL,
        missing="Enter what was decided, and why",
    )
    review_on = DateText(
        label="When will you look at this case again?",
        help_text="For example, 27 3 2027",
        missing="Enter the day on which you will look at this case again",
    )

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError("Enter a day that is still to come")
        return day


class ReasonForm(CaseForm):
    """Only a reason, which must be given."""

    reason = LongText(label="Why?", max_length=FULL, missing="Enter why")
