from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from outbox.sending import DROPPED, FAILED, LIMIT, SENT, drain, waiting
from web.commands import Unattended


class Command(Unattended):
    help = "Sends the e-mail that waits in the outbox. Run it as often as you like, also at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--limit", type=int, default=LIMIT, metavar="N", help=f"at most N messages ({LIMIT})"
        )

    def handle(self, *, limit: int, **options: Any) -> None:
        if not settings.EMAIL_HOST:
            count = waiting().count()
            self.stdout.write(f"EMAIL_HOST is not set, so mail waits: {count} in the outbox.")
            return
        done = drain(limit=limit)
        words = f"Sent: {done[SENT]}. Failed, to be tried again: {done[FAILED]}."
        self.stdout.write(f"{words} Dropped: {done[DROPPED]}. Waiting: {waiting().count()}.")
