"""The forms about people, organisations and contacts."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import Contact, ContactKind, Organisation, User
from accounts.people import is_last_dsl
from accounts.roles import ROLES, Role
from web.fields import CheckboxQuestion, LongText, RadioQuestion, ShortText
from web.layout import Question, questions

NO_ROLE = "Select what this person does here"
NO_DSL = "Tick the box if the organisation is to be without a safeguarding lead for now"
FEWEST_DIGITS = 3


class PlainForm(forms.Form):
    """Every field in its order, with small labels."""

    def lay_out(self) -> None:
        shown = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        self.helper = questions(*(Question(name, size="s") for name in shown))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


class SeenForm(PlainForm):
    """A form that changes what is there, and carries what that was when it was opened.

    Whoever saves second is told what it says now (templates/accounts/form.html), keeps what they
    typed, and saves it by pressing again.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, now: Mapping[str, Any], **kwargs: Any) -> None:
        """`now`: the values of the form's fields as they are kept."""
        self.now = dict(now)
        super().__init__(*args, initial={**self.now, "seen": _fingerprint(self.now)}, **kwargs)

    @property
    def is_stale(self) -> bool:
        """True once, when others changed it meanwhile to something else than was posted."""
        cleaned = {name: self.cleaned_data.get(name) for name in self.now}
        fresh = _fingerprint(self.now)
        if self.cleaned_data["seen"] == fresh or _fingerprint(cleaned) == fresh:
            return False
        data = cast(QueryDict, self.data).copy()
        data["seen"] = fresh
        self.data = data
        self.changed_meanwhile = True
        return True

    def as_it_is_now(self) -> list[tuple[str, str]]:
        """Each label with what is kept, in words."""
        return [(str(self.fields[name].label), self._in_words(name)) for name in self.now]

    def _in_words(self, name: str) -> str:
        value, field = self.now[name], self.fields[name]
        if isinstance(field, forms.ChoiceField):
            chosen = [value] if isinstance(value, str) else value
            offered = cast(Iterable[tuple[str, str]], field.choices)
            return ", ".join(text for key, text in offered if key in chosen)
        return str(value)


def _fingerprint(values: Mapping[str, Any]) -> str:
    plain = sorted(
        (name, str(sorted(value) if isinstance(value, list) else value))
        for name, value in values.items()
    )
    return hashlib.sha256(repr(plain).encode("utf-8", "surrogatepass")).hexdigest()


def name_of_person() -> ShortText:
    return ShortText(
        label="Full name",
        help_text="As colleagues know them. It stands beside whatever they do here.",
        max_length=200,
        missing="Enter the person’s full name",
        spellcheck=False,
    )


def roles_question(roles: Iterable[Role]) -> CheckboxQuestion:
    offered = list(roles)
    return CheckboxQuestion(
        label="What does this person do here?",
        help_text="Select all that apply.",
        choices=[(role.value, ROLES[role].title) for role in offered],
        item_hints={role.value: ROLES[role].description for role in offered},
        missing=NO_ROLE,
    )


class InviteForm(PlainForm):
    """Whom to invite. Where one role alone can be given, it is not asked for."""

    name = name_of_person()
    email = forms.EmailField(
        label="E-mail address",
        help_text="They sign in with it. It cannot be changed later.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": "Enter the person’s e-mail address",
            "invalid": "Enter an e-mail address in the right form, like name@example.org",
            "max_length": "Enter an e-mail address of 254 characters or fewer",
        },
    )

    def __init__(self, *args: Any, roles: tuple[Role, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._only = roles if len(roles) == 1 else ()
        if not self._only:
            self.fields["roles"] = roles_question(roles)
            self.lay_out()

    @property
    def chosen(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data.get("roles", self._only)]


class PersonNameForm(SeenForm):
    name = name_of_person()


class RolesForm(SeenForm):
    """What somebody holds. It asks again before an organisation is left without a DSL."""

    def __init__(self, *args: Any, user: User, roles: tuple[Role, ...], **kwargs: Any) -> None:
        held = [role.value for role in roles if role in user.roles]
        super().__init__(*args, now={"roles": held}, **kwargs)
        self.fields["roles"] = roles_question(roles)
        if self.is_bound and is_last_dsl(user, self._posted()):
            self.fields["no_dsl"] = forms.BooleanField(
                label="Leave the organisation without a designated safeguarding lead",
                help_text=(
                    "New cases are told to the deputies alone then, and to nobody if there is none."
                ),
                error_messages={"required": NO_DSL},
            )
        self.lay_out()

    def _posted(self) -> list[Role]:
        values = cast(QueryDict, self.data).getlist("roles")
        return [role for role in Role if role.value in values]

    @property
    def chosen(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]


def name_of_organisation() -> ShortText:
    return ShortText(
        label="Name of the organisation",
        help_text="For example, the school’s. Everybody in it sees this name.",
        max_length=200,
        missing="Enter the name of the organisation",
        spellcheck=False,
    )


class OrganisationForm(PlainForm):
    name = name_of_organisation()


class OrganisationNameForm(SeenForm):
    name = name_of_organisation()


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
