"""The form that ends a draft without a case."""

from django import forms

from web.fields import LongText


class DiscardForm(forms.Form):
    """Why a draft is not needed. The safeguarding lead can read it."""

    reason = LongText(
        label="Why is this triage not needed?",
        help_text="Your designated safeguarding lead can read this, and the answers given so far.",
        max_length=1000,
        missing="Enter why this triage is not needed",
    )
