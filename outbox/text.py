"""The letter around every message."""

from django.conf import settings

FOOT = "Sign in to read more. This message has no details, to keep children’s information safe."


def letter(text: str, path: str) -> str:
    """The body of a message: what happened, a link that asks to sign in, why there is no more."""
    return f"{text}\n\n{settings.SITE_URL}{path}\n\n{FOOT}\n\n{settings.SERVICE_NAME}\n"
