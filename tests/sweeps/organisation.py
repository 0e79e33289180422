"""An organisation and its people, with a word of its own in every text about them."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.utils.http import urlsafe_base64_encode

from accounts.invitations import invite, path_of
from accounts.models import Contact, ContactKind, Invitation, User
from accounts.roles import Role
from accounts.signin.actions import add_app
from accounts.signin.factors import recovery_codes_of
from accounts.signin.tokens import reset_tokens
from tests.factories.accounts import ContactFactory, OrganisationFactory, UserFactory

ROLES = {
    "owner": Role.PRACTITIONER,
    "colleague": Role.PRACTITIONER,
    "dsl": Role.DSL,
    "deputy": Role.DEPUTY,
    "named": Role.DEPUTY,
    "manager": Role.MANAGER,
}


class Words:
    """`word(place)` is what is planted in a place: no text but a planted one holds it."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.planted: dict[str, str] = {}

    def word(self, place: str) -> str:
        return self.planted.setdefault(place, f"xq{place}{self.label}".replace("_", ""))


class Setting(Words):
    """`people` are by who they are in the table.

    `arguments` are real values for the parts of addresses about the organisation.
    """

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.organisation = OrganisationFactory.create(
            name=f"Example {self.word('organisation')}", local_note=self.word("local_note")
        )
        self.people = {who: self._person(who, role) for who, role in ROLES.items()}
        self.contact = self._contact()
        self.invitation = self._invitation()
        self.factor, self.linked = self._ways_in(self.people["owner"])
        self.arguments: dict[str, Any] = {
            "user_id": self.people["colleague"].pk,
            "organisation_id": self.organisation.pk,
            "contact_id": self.contact.pk,
            "token": str(path_of(self.invitation.pk)).split("/")[-2],
            "who": urlsafe_base64_encode(str(self.people["owner"].pk).encode()),
            "pk": self.factor.pk,
            "provider_id": "nobody",
        }
        # By the name of the address: what it takes instead.
        manager = {"user_id": self.people["manager"].pk}
        self.special: dict[str, dict[str, Any]] = {
            "unlink_provider": {"pk": self.linked.pk},
            "open_reset": {"token": reset_tokens.make_token(self.people["owner"])},
            **dict.fromkeys(
                ("managers_again", "managers_withdraw", "managers_reset_factor"), manager
            ),
        }

    def _contact(self) -> Contact:
        return ContactFactory.create(
            organisation=self.organisation,
            kind=ContactKind.DSL,
            name=self.word("contact"),
            role_title=self.word("contact_title"),
            email=f"{self.word('contact_email')}@school.example",
            when_available=self.word("contact_when"),
        )

    def _person(self, who: str, role: Role) -> User:
        return UserFactory.create(
            name=f"Example {self.word(f'name_of_{who}')}",
            email=f"{self.word(f'email_of_{who}')}@school.example",
            organisation=self.organisation,
            roles=[role],
        )

    def _invitation(self) -> Invitation:
        """To somebody who is not here yet."""
        return invite(
            email=f"{self.word('email_of_invited')}@school.example",
            name=self.word("name_of_invited"),
            roles=[Role.PRACTITIONER],
            organisation=self.organisation,
            by=self.people["manager"],
        )

    def _ways_in(self, user: User) -> tuple[Authenticator, SocialAccount]:
        """A second factor with its recovery codes, and an account elsewhere."""
        secret = generate_totp_secret()
        factor = add_app(user=user, secret=secret, by=user)
        codes = recovery_codes_of(user)
        assert codes is not None
        self.planted["secret_of_owner"] = secret
        self.planted["code_of_owner"] = codes.wrap().get_unused_codes()[0]
        uid = self.word("account_of_owner")
        return factor, SocialAccount.objects.create(user=user, provider="nobody", uid=uid)
