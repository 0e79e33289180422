"""Mail about how somebody signs in: that it changed, and what to do if it was not them.

No message says from where or with what: it is read on telephones and lock screens.
"""

import secrets

from django.urls import reverse

from accounts.models import User
from outbox.actions import Notice, queue
from outbox.links import place
from outbox.text import letter

RESET = "password_reset"  # the kind of the place in a message (outbox/links.py)
NOT_YOU = "If this was not you, tell your manager at once."
FACTOR_ADDED = "A second factor was added to your account."
FACTOR_REMOVED = "A second factor was removed from your account."
FACTORS_RESET = (
    "Your second factor was taken off your account, so that you can set up a new one. "
    "You were signed out everywhere."
)
CODES_MADE = "New recovery codes were made for your account. The old ones do not work any more."
CODE_USED = "Somebody signed in to your account with one of your recovery codes."
PASSWORD_CHANGED = "The password of your account was changed."  # noqa: S105
LINKED = "An account with another service was linked to yours. It can be used to sign in."
UNLINKED = "An account with another service is not linked to yours any more."
RESET_TEXT = (
    "Somebody, probably you, asked for a new password for your account. "
    "Open this link to choose one:"
)
RESET_FOOT = (
    "The link works once, and for one hour from when this was sent. Do not pass it on. If you did "
    "not ask for it, do nothing: your password stays as it is."
)


def changed(user: User, what: str) -> None:
    """Each change is told, so each message has a key of its own."""
    body = letter(f"{what} {NOT_YOU}", reverse("security"))
    key = f"sign-in:{secrets.token_hex(8)}"
    queue(Notice((user,), "How you sign in has changed", body, key))


def reset_link(user: User) -> None:
    body = letter(RESET_TEXT, place(RESET, user.pk), RESET_FOOT)
    queue(Notice((user,), "Choose a new password", body, f"reset:{secrets.token_hex(8)}"))
