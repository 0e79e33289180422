"""The letter around every message."""

from django.conf import settings

from outbox.links import with_links

FOOT = "Sign in to read more. This message has no details, to keep children’s information safe."
# Filled in when it is sent: a message that waited for a mail server leads to where we are by then.
SITE = "{site}"


def letter(text: str, path: str, foot: str = FOOT) -> str:
    """The body of a message: what happened, a link, what else there is to say of it.

    The link asks to sign in. One that works once instead is a place (`outbox.links.place`), and
    needs a foot of its own.
    """
    return f"{text}\n\n{SITE}{path}\n\n{foot}\n\n{settings.SERVICE_NAME}\n"


def filled_in(body: str) -> str:
    """The body as it is sent. Raises LinkIsOver."""
    return with_links(body).replace(SITE, settings.SITE_URL)
