"""The letter around every message."""

from django.conf import settings

FOOT = "Sign in to read more. This message has no details, to keep children’s information safe."
# Filled in when it is sent: a message that waited for a mail server leads to where we are by then.
SITE = "{site}"


def letter(text: str, path: str) -> str:
    """The body of a message: what happened, a link that asks to sign in, why there is no more."""
    return f"{text}\n\n{SITE}{path}\n\n{FOOT}\n\n{settings.SERVICE_NAME}\n"


def with_site(body: str) -> str:
    """The body with the address of this site in its link."""
    return body.replace(SITE, settings.SITE_URL)
