"""Choosing a password."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User
from web.layout import Question, questions

LONGEST_PASSWORD = 1000


class NewPasswordForm(forms.Form):
    """A new password for `user`, typed twice since nobody sees it. The validators judge it."""

    password = forms.CharField(
        label="Choose a password",
        help_text="12 characters or more. Three words that do not belong together are good.",
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={
            "required": "Choose a password",
            "max_length": f"Choose a password of {LONGEST_PASSWORD} characters or fewer",
        },
    )
    again = forms.CharField(
        label="Type it again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Type the password again"},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.helper = questions(Question("password", size="s"), Question("again", size="s"))

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        chosen = self.cleaned_data.get("password")
        if chosen is not None and chosen != again:
            raise ValidationError("The two are not the same. Type the password again")
        return again
