"""Putting e-mail into the outbox."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import User
from outbox.models import Message


def queue(*, to: Iterable[User], subject: str, body: str, key: str) -> None:
    """One message to each person. Call it in the transaction of what the message tells of.

    `key` names what it tells: the same key to the same person again adds nothing.
    """
    now = timezone.now()
    Message.objects.bulk_create(
        [
            Message(
                to=user,
                subject=subject,
                body=body,
                key=f"{key}:{user.pk}",
                queued_at=now,
                try_at=now,
            )
            for user in to
        ],
        ignore_conflicts=True,
    )
