"""The form that ends a draft without a case."""

from typing import Any

from django import forms

from web.fields import LongText
from web.layout import Question, questions


class DiscardForm(forms.Form):
    """Why a draft is not needed. The safeguarding lead can read it."""

    def __init__(self, *args: Any, amends: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if amends:
            asked = self.fields["reason"]
            asked.label = "Why is this change not needed?"
            asked.help_text = "The other safeguarding leads can read this, and what you changed."
            asked.error_messages["required"] = "Enter why this change is not needed"
        self.helper = questions(Question("reason", size="s"))

    reason = LongText(
        label="Why is this triage not needed?",
        help_text="Your designated safeguarding lead can read this, and the answers given so far.",
        max_length=1000,
        missing="Enter why this triage is not needed",
    )
