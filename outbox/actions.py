"""Putting e-mail into the outbox, and taking it out again unsent."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from outbox.models import Message


@dataclass(frozen=True)
class Notice:
    """What is to be told to whom. `key` names what it tells: nobody is told the same key twice."""

    to: tuple[AbstractBaseUser, ...]
    subject: str
    body: str
    key: str

    @property
    def keys(self) -> set[str]:
        """The key of the message to each person."""
        return {self._key(user) for user in self.to}

    @property
    def messages(self) -> list[Message]:
        now = timezone.now()
        return [
            Message(
                to_id=user.pk,
                subject=self.subject,
                body=self.body,
                key=self._key(user),
                queued_at=now,
                try_at=now,
            )
            for user in self.to
        ]

    def _key(self, user: AbstractBaseUser) -> str:
        return f"{self.key}:{user.pk}"


def queue(*notices: Notice) -> None:
    """One message to each person. Call it in the transaction of what the message tells of.

    A key that somebody was told before adds nothing.
    """
    messages = [message for notice in notices for message in notice.messages]
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def keys_queued(keys: Collection[str]) -> set[str]:
    """Which of these keys, of single messages, are in the outbox already, sent or not."""
    return set(Message.objects.filter(key__in=keys).values_list("key", flat=True))


def withdraw(*, key: str, keep: Iterable[AbstractBaseUser] = ()) -> None:
    """Take out what waits under keys that begin with `key`, but not what is for those of `keep`."""
    waiting = Message.objects.filter(key__startswith=key, sent_at=None)
    waiting.exclude(to__in=[user.pk for user in keep]).delete()


def forget(*, key: str) -> None:
    """Take out everything under keys that begin with `key`, what was sent too."""
    Message.objects.filter(key__startswith=key).delete()
