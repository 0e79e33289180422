"""The forms about whom to call, and the local note."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.managing.base_forms import SeenForm
from accounts.models import Contact, ContactKind, Organisation
from web.fields import LongText, RadioQuestion, ShortText

FEWEST_DIGITS = 3


class NoteForm(SeenForm):
    local_note = LongText(
        label="How things are done here",
        help_text=(
            "For example, where the safeguarding office is, and who stays with the child. Do not "
            "write about a child or a case."
        ),
        max_length=Organisation._meta.get_field("local_note").max_length or 0,
        required=False,
        rows=10,
    )


class ContactForm(SeenForm):
    """Somebody to call. `now` is empty for a new one."""

    kind = RadioQuestion(
        label="Who is this?",
        choices=ContactKind.choices,
        missing="Select who this is",
    )
    name = ShortText(
        label="Name",
        help_text="Of the person, or of the team or office.",
        max_length=200,
        missing="Enter the name of the person, team or office",
        spellcheck=False,
    )
    role_title = ShortText(label="Job title, if it helps", max_length=200, required=False)
    telephone = ShortText(
        label="Telephone number",
        help_text="Give this, an e-mail address, or both.",
        max_length=40,
        required=False,
        inputmode="tel",
        width="20",
    )
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "invalid": "Enter an e-mail address in the right form, like name@example.org",
            "max_length": "Enter an e-mail address of 254 characters or fewer",
        },
    )
    when_available = ShortText(
        label="When they can be reached",
        help_text="For example, Monday to Friday, 8am to 5pm",
        max_length=200,
        required=False,
    )
    FIELDS = ("kind", "name", "role_title", "telephone", "email", "when_available")

    @classmethod
    def values_of(cls, contact: Contact) -> dict[str, str]:
        return {name: getattr(contact, name) for name in cls.FIELDS} if contact.pk else {}

    def clean_telephone(self) -> str:
        telephone: str = self.cleaned_data["telephone"]
        if telephone and sum(letter.isdecimal() for letter in telephone) < FEWEST_DIGITS:
            raise ValidationError("Enter a telephone number, like 01632 960001")
        return telephone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        unsaid = not (cleaned.get("telephone") or cleaned.get("email"))
        if unsaid and not {"telephone", "email"} & self.errors.keys():
            self.add_error("telephone", "Enter a telephone number or an e-mail address")
        return cleaned
