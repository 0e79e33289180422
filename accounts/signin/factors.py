"""Second factors: who must have one, who has one, and how allauth keeps them here."""

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from accounts.models import User
from accounts.roles import Role
from accounts.signin import secrets

# Recovery codes come with one of these, and are none by themselves.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
LAST = "You need a second factor. Set up another one first, then you can remove this one."
WRONG_CODE = "The code is not right. Wait for the next one, and type that."
TOO_MANY = "There were too many wrong codes. Wait 5 minutes, then try again."


class Factors(DefaultMFAAdapter):
    """allauth's second factors with this site's name and words, and secrets encrypted."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        return settings.SERVICE_NAME

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": settings.SERVICE_NAME}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        return f"Passkey {factors_of(user).filter(type=type).count() + 1}"


def must_have_one(user: User) -> bool:
    """Whoever may see more than their own cases, and whoever looks after people or the service."""
    return bool(settings.REQUIRE_MFA) and user.roles != {Role.PRACTITIONER}


def factors_of(user: AbstractBaseUser) -> QuerySet[Authenticator]:
    """What somebody can take the second step with, recovery codes apart."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FACTORS).order_by("pk")


def recovery_codes_of(user: AbstractBaseUser) -> Authenticator | None:
    kind = Authenticator.Type.RECOVERY_CODES
    return Authenticator.objects.filter(user_id=user.pk, type=kind).first()
