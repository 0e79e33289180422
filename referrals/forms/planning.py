"""Forms of the plan: how far a step is, and adding one."""

from collections.abc import Iterable
from typing import Any

from django import forms

from accounts.models import User
from referrals.actions.planning import REASON_NEEDED, needs_reason
from referrals.forms.base import CaseForm, DateText
from referrals.forms.deciding import person_choices
from referrals.models import Recommendation
from web.fields import LongText, RadioQuestion, ShortText

LINE = 300
REASON = 2000


class _StepForm(CaseForm):
    responsible = forms.ChoiceField(
        label="Who does it?",
        help_text="They are told by e-mail.",
        required=False,
        error_messages={"invalid_choice": "Select one of the people shown"},
    )
    due = DateText(
        label="By when? (if there is a day)", help_text="For example, 27 3 2027", required=False
    )

    def __init__(
        self, *args: Any, people: Iterable[User], now: User | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = person_choices(people := list(people), "Nobody yet", now)
        self.people = {str(person.pk): person for person in [*people, *([now] if now else [])]}
        self.fields["responsible"].choices = choices  # type: ignore[attr-defined]

    def who(self) -> User | None:
        return self.people.get(self.cleaned_data["responsible"])


class StepForm(_StepForm):
    """One step of the plan."""

    progress = RadioQuestion(
        label="How far is it?",
        choices=Recommendation.Progress.choices,
        missing="Select how far it is",
    )
    reason = LongText(
        label="Reason or note",
        help_text="Needed for a next step that is not needed: say why.",
        max_length=REASON,
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, step: Recommendation, **kwargs: Any) -> None:
        initial = {
            "progress": step.progress,
            "reason": step.reason,
            "responsible": str(step.responsible_id or ""),
            "due": step.due,
        }
        initial |= kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, now=step.responsible, **kwargs)
        self.step = step
        self.order_fields(["progress", "reason", "responsible", "due", "seen"])
        self._lay_out()

    def clean(self) -> dict[str, Any]:
        super().clean()
        given = self.cleaned_data
        not_needed = given.get("progress") == Recommendation.Progress.NOT_NEEDED
        if not_needed and needs_reason(self.step) and not given.get("reason", "").strip():
            self.add_error("reason", REASON_NEEDED)
        return given


class AddStepForm(_StepForm):
    """A step of the lead's own."""

    text = ShortText(
        label="What is to be done?", max_length=LINE, missing="Enter what is to be done"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["text", "responsible", "due", "seen"])
        self._lay_out()
