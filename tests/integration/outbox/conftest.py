"""A real mail server, and Django told to use it."""

from collections.abc import Callable, Iterator

import pytest

from accounts.models import User
from outbox.actions import Notice, queue
from outbox.models import Message
from outbox.text import letter
from tests.factories.accounts import UserFactory
from tests.smtp import SmtpServer


@pytest.fixture
def smtp(settings) -> Iterator[SmtpServer]:
    server = SmtpServer().start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_TIMEOUT = 0.5
    settings.DEFAULT_FROM_EMAIL = "Triage <triage@school.example>"
    yield server
    server.kill()


@pytest.fixture
def queued(db) -> Callable[..., list[Message]]:
    """`queued(3)`: that many messages, each to somebody else, in the order of their queueing."""

    def make(count: int = 1, to: User | None = None) -> list[Message]:
        for number in range(count):
            user = to or UserFactory()
            notice = Notice((user,), f"Subject {number}", letter("Words.", "/x/"), f"key:{number}")
            queue(notice)
        return list(Message.objects.select_related("to").order_by("queued_at"))

    return make
