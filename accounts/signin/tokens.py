"""The tokens of links for a new password."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.tokens import PasswordResetTokenGenerator

from accounts.models import User


class EndsWithSessions(PasswordResetTokenGenerator):
    """A token is worth nothing once the person's sessions were ended, for whatever reason."""

    def _make_hash_value(self, user: AbstractBaseUser, timestamp: int) -> str:
        assert isinstance(user, User)  # noqa: S101 - for the type checker: AUTH_USER_MODEL is User
        return f"{super()._make_hash_value(user, timestamp)}{user.session_epoch}"


reset_tokens = EndsWithSessions()
