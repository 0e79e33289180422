"""Sending what waits, over SMTP: each message at least once, nearly always exactly once.

A message is claimed in a short transaction of its own, sent with no lock held, then marked. What a
process claimed and did not finish is claimed anew after a while, and goes out under the same
Message-ID: should it arrive twice, it can be recognised (docs/decisions/0005).
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet
from django.utils import timezone

from outbox.links import LinkIsOver, has_link
from outbox.models import Message
from outbox.server import MailServer
from outbox.text import filled_in

CLAIMED_FOR = timedelta(minutes=10)
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
SENT, FAILED, DROPPED = "sent", "failed", "dropped"
LIMIT = 200
log = logging.getLogger(__name__)


def waiting() -> QuerySet[Message]:
    """What is neither sent nor dropped."""
    return Message.objects.filter(sent_at=None, dropped_at=None)


def drain(*, limit: int = LIMIT, stop: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Send at most `limit` messages that are due, over one connection. How many went which way.

    `stop` is asked after each: when it says so, the rest waits. A failure is logged, not raised;
    one of the database is raised, and what was claimed is sent later.
    """
    done: Counter[str] = Counter()
    server = MailServer()
    try:
        for message in _claimed_one_by_one(limit):
            done[_deliver(message, server)] += 1
            if stop() or server.is_unsteady:
                break
    finally:
        server.close()
    return done


def _claimed_one_by_one(limit: int) -> Iterator[Message]:
    """What never failed comes first: it must not wait behind what cannot be delivered."""
    ids = _free(timezone.now()).order_by("tries", "queued_at", "pk").values_list("pk", flat=True)
    for pk in list(ids[:limit]):
        if message := _claim(pk):
            yield message


def _free(now: datetime) -> QuerySet[Message]:
    """What is due, and claimed by nobody who could still be sending it."""
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIMED_FOR)
    return waiting().filter(unclaimed, try_at__lte=now)


def _claim(pk: UUID) -> Message | None:
    """The message, or None where another process took it. One statement: no lock outlives it."""
    now = timezone.now()
    if not _free(now).filter(pk=pk).update(claimed_at=now):
        return None
    return Message.objects.select_related("to").get(pk=pk)


def _deliver(message: Message, server: MailServer) -> str:
    if not (message.to.is_active or has_link(message.body)):
        return _drop(message)
    try:
        server.send(email_of(message))
    except LinkIsOver:
        return _drop(message)
    except Exception as problem:  # whatever is wrong with one must not stop the others
        _put_off(message, problem)
        return FAILED
    _mark(message, sent_at=timezone.now())
    return SENT


def _drop(message: Message) -> str:
    _mark(message, dropped_at=timezone.now())
    return DROPPED


def email_of(message: Message) -> EmailMessage:
    """The e-mail, to the address that the person has now. Its id is the same at every try.

    Raises LinkIsOver. Whoever makes a link judges whether its person may have it: an invitation
    is for somebody who is not active yet.
    """
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{message.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    body = filled_in(message.body)
    return EmailMessage(message.subject, body, to=[message.to.email], headers=headers)


def _put_off(message: Message, problem: Exception) -> None:
    """It stays and is tried again later. The log names neither address nor words: the id, and why.

    Only while it is still ours: another process may have taken it meanwhile, and sent it.
    """
    ours = waiting().filter(pk=message.pk, claimed_at=message.claimed_at)
    try_at = timezone.now() + wait_after(message.tries)
    ours.update(tries=message.tries + 1, try_at=try_at, claimed_at=None)
    log.warning("message %s was not sent: %s", message.pk, type(problem).__name__)


def wait_after(tries: int) -> timedelta:
    """How long to wait when it failed after `tries` failures: doubling, up to LONGEST_WAIT."""
    return min(FIRST_WAIT * 2 ** min(tries, 10), LONGEST_WAIT)


def _mark(message: Message, **at: datetime) -> None:
    waiting().filter(pk=message.pk).update(claimed_at=None, **at)
