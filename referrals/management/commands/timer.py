"""`manage.py timer`: the service's clock. Run one beside the server; a second does no harm."""

import logging
import os
import signal
import time
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from types import FrameType
from typing import Any

from django.conf import settings
from django.db import close_old_connections

from outbox.audit_heads import mail_daily
from outbox.sending import drain
from referrals.watching import watch
from web.commands import Unattended
from web.startup import make_no_database

log = logging.getLogger(__name__)
LOOK = 0.2  # seconds between two looks at whether to stop


class Stop:
    """Whether to end: a signal came, or the process that started us is gone.

    A plain flag: a signal may come at any point, also while something holds a lock.
    """

    def __init__(self, parent: int | None) -> None:
        self._asked = False
        self._parent = parent
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        self._asked = True

    def __call__(self) -> bool:
        return self._asked or self._parent not in (None, os.getppid())

    def wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self() and (left := until - time.monotonic()) > 0:
            time.sleep(min(LOOK, left))


class Command(Unattended):
    help = "Watches cases and sends mail, every so many seconds, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--every", type=_seconds, default=30, metavar="SECONDS", help="default: 30"
        )
        parser.add_argument(
            "--parent", type=int, metavar="PID", help="end when this process, our parent, ends"
        )

    def handle(self, *, every: float, parent: int | None, **options: Any) -> None:
        stop = Stop(parent)
        make_no_database()
        if not settings.EMAIL_HOST:
            log.warning("EMAIL_HOST is not set: cases are watched, and mail waits")
        self.stdout.write(f"The timer runs every {every:g} seconds.")
        self.stdout.flush()
        while not stop():
            began = time.monotonic()
            run_round(stop)
            stop.wait(began + every - time.monotonic())
        self.stdout.write("The timer has ended.")


def run_round(stop: Callable[[], bool]) -> None:
    """Once round. A failure of one part is logged by its class, and ends neither the other parts
    nor the timer: what was not done is done the next time."""
    parts: list[Callable[[], object]] = [watch]
    if settings.EMAIL_HOST:
        parts.append(lambda: drain(stop=stop))
    # Last, because it takes seconds where there are very many rows: mail that is urgent has gone.
    parts.append(mail_daily)
    for part in parts:
        close_old_connections()
        try:
            part()
        except Exception as problem:
            log.error("the timer's round failed, and is tried again: %s", type(problem).__name__)
    close_old_connections()


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 3600:
        raise ArgumentTypeError("more than 0 and at most 3600 seconds")
    return seconds
