"""Codes and passkeys: allauth's forms in this site's words. They bear any nonsense."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.sessions.backends.base import SessionBase
from django.core.cache import cache
from django.core.exceptions import ValidationError

from accounts.signin import secrets
from accounts.signin.factors import TOO_MANY, WRONG_CODE
from accounts.signin.secrets import Unreadable
from web.fields import ShortText
from web.layout import Question, questions

NO_CODE = "Enter the code"
LONGEST_CODE = 20  # six digits, or eight of a recovery code, with what people put between them
LONGEST_CREDENTIAL = 20_000
NO_PASSKEY = "The passkey did not work. Try again, or use another way."
CANNOT_READ = "Your second factor cannot be read any more. Ask your manager to reset it."


def code_field(label: str, hint: str) -> ShortText:
    field = ShortText(
        label=label,
        help_text=hint,
        missing=NO_CODE,
        max_length=LONGEST_CODE,
        width="10",
        autocomplete="one-time-code",
        inputmode="numeric",
        spellcheck=False,
    )
    field.widget.attrs["autocapitalize"] = "none"
    return field


class _Code(forms.Form):
    """A code counts once: with the tolerance, one that was seen could else be used again."""

    user: Any

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except Unreadable as error:
            raise ValidationError(CANNOT_READ) from error
        except ValidationError as error:
            wrong = WRONG_CODE in error.messages
            raise ValidationError(WRONG_CODE if wrong else TOO_MANY) from error
        _use_up(self.user.pk, code)
        return code


def _use_up(user_id: int, code: str) -> None:
    """Raises ValidationError for a code that was used while it is still good."""
    steps = 2 * app_settings.TOTP_TOLERANCE + 1
    key = f"signin:code:{user_id}:{normalize_user_code(code)}"
    if not cache.add(key, True, timeout=steps * app_settings.TOTP_PERIOD):
        raise ValidationError(WRONG_CODE)


class SecondStepForm(_Code, AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "From your authenticator app. Or one of your recovery codes, if you do not have it."
        self.fields["code"] = code_field("Code", hint)
        self.helper = questions(Question("code", size="s"))


class ConfirmCodeForm(_Code, ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "From your authenticator app. Or one of your recovery codes, if you do not have it."
        self.fields["code"] = code_field("Code", hint)
        self.helper = questions(Question("code", size="s"))


class AppForm(_Code, ActivateTOTPForm):
    """The secret waits in the session, encrypted too, until the first code shows it arrived."""

    def __init__(self, *args: Any, session: SessionBase, user: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.user, self.secret = user, waiting_secret(session)
        self.fields["code"] = code_field("Code", "Six digits, from the app.")
        self.helper = questions(Question("code", size="s"))


def waiting_secret(session: SessionBase) -> str:
    """The secret of the app that is being set up: the same until it is, whatever is reloaded."""
    kept = session.get(SECRET_SESSION_KEY)
    try:
        return secrets.decrypt(kept or "")
    except Unreadable:
        secret = generate_totp_secret()
        session[SECRET_SESSION_KEY] = secrets.encrypt(secret)
        return secret


def forget_secret(session: SessionBase) -> None:
    session.pop(SECRET_SESSION_KEY, None)


class _Credential(forms.Form):
    """What a browser says for a passkey. It may be anything, however deep: then it is refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        messages = {"required": NO_PASSKEY, "invalid": NO_PASSKEY}
        self.fields["credential"] = _Json(widget=forms.HiddenInput, error_messages=messages)

    def clean_credential(self) -> Any:
        """Raises ValidationError, with one message, for whatever was wrong."""
        check = getattr(super(), "clean_credential", lambda: self.cleaned_data["credential"])
        return refusing_nonsense(check)


class _Json(forms.JSONField):
    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise ValidationError(NO_PASSKEY)
        try:
            found = super().to_python(value)
        except (RecursionError, ValueError) as error:  # too deep, or a number of too many digits
            raise ValidationError(NO_PASSKEY) from error
        if found is not None and not isinstance(found, dict):
            raise ValidationError(NO_PASSKEY)
        return found

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Nothing of it is shown again."""
        return None


def refusing_nonsense(check: Any) -> Any:
    """The parsers of passkeys raise anything for what is none."""
    try:
        return check()
    except Exception as error:
        raise ValidationError(NO_PASSKEY) from error


class SecondStepPasskeyForm(_Credential, AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(_Credential, ReauthenticateWebAuthnForm):
    pass


class SignInPasskeyForm(_Credential, LoginWebAuthnForm):
    pass


class NewPasskeyForm(_Credential, AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"] = ShortText(
            label="Name of this passkey",
            help_text="So that you know it again, for example the device it is on.",
            required=False,
            max_length=60,
            width="20",
        )
        self.helper = questions(Question("name", size="s"))
        self.helper.render_hidden_fields = False  # the page has it, for the script to fill in

    def clean(self) -> dict[str, Any]:
        if "credential" not in self.cleaned_data:
            return self.cleaned_data
        return dict(refusing_nonsense(super().clean))


class ConfirmPasswordForm(forms.Form):
    """The password of somebody who is signed in, asked once more."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"] = current_password()
        self.helper = questions(Question("password", size="s"))

    def clean_password(self) -> str:
        return right_password(self.user, self.cleaned_data["password"])


def current_password() -> forms.CharField:
    return forms.CharField(
        label="Your password now",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password"},
    )


def right_password(user: Any, password: str) -> str:
    """Raises ValidationError. Counted and recorded like a sign-in."""
    if not get_adapter().reauthenticate(user, password):
        raise ValidationError("The password is not right")
    return password
