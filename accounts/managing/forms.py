"""The forms about people and organisations."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.http import QueryDict

from accounts.managing.base_forms import PlainForm, SeenForm
from accounts.models import User
from accounts.people import is_last_dsl
from accounts.roles import ROLES, Role
from web.fields import CheckboxQuestion, ShortText

NO_ROLE = "Select what this person does here"
NO_DSL = "Tick the box if the organisation is to be without a safeguarding lead for now"


def name_of_person() -> ShortText:
    return ShortText(
        label="Full name",
        help_text="As colleagues know them. It is shown beside whatever they do here.",
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
                    "Then only the deputies are told of new cases, or nobody if there is no deputy."
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
