"""What waits in the outbox, for tests of who is told what."""

from accounts.models import User
from outbox.models import Message


def told(user: User) -> list[str]:
    """The subjects of everything that was queued for somebody, in order."""
    rows = Message.objects.filter(to=user).order_by("queued_at", "key")
    return list(rows.values_list("subject", flat=True))


def bodies(user: User) -> str:
    return "\n".join(Message.objects.filter(to=user).values_list("body", flat=True))


def everything_written() -> str:
    """Every subject and body, in small letters."""
    rows = Message.objects.values_list("subject", "body")
    return "\n".join(f"{subject}\n{body}" for subject, body in rows).casefold()
