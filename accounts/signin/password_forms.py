from typing import Any

from django import forms

from accounts.managing.new_password import NewPasswordForm
from accounts.signin.forms import current_password, right_password
from web.layout import Question, questions


class ChangePasswordForm(NewPasswordForm):
    """The new one is looked at only after the current one is right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"current": current_password(), **self.fields}
        self.helper = questions(*(Question(name, size="s") for name in self.fields))

    def clean_current(self) -> str:
        return right_password(self.user, self.cleaned_data["current"])


class ForgottenForm(forms.Form):
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={
            "required": "Enter your e-mail address",
            "invalid": "Enter an e-mail address in the right form, like name@example.org",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = questions(Question("email", size="s"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()
