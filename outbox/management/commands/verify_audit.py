import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from audit.heads import KnownHead, as_text, heads_in
from audit.verifying import verify_all
from outbox.audit_heads import mail as queue_mail
from outbox.audit_heads import people_at
from web.commands import Unattended


class Command(Unattended):
    help = (
        "Checks every chain of the audit, and prints the head of each that is whole, a line each. "
        "Keep these lines on another machine. Where something is wrong it says what, and exits 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--heads",
            action="append",
            default=[],
            metavar="FILE",
            help="heads printed or mailed earlier, to check against; - is standard input",
        )
        parser.add_argument(
            "--mail",
            nargs="+",
            default=[],
            metavar="ADDRESS",
            help="queue the heads as e-mail to these people, who must have an account; once a day",
        )

    def handle(self, *, heads: list[str], mail: list[str], **options: Any) -> None:
        known = [head for name in heads for head in _read(name)]
        people, all_of_them = people_at(mail)
        if not all_of_them:
            raise CommandError("--mail: nobody who can sign in has one of these.")
        report = verify_all(known)
        self.stdout.write(as_text(report.heads), ending="")
        if people:
            queue_mail(report, people, timezone.now())
        for fault in report.faults:
            self.stderr.write(fault)
        if report.faults:
            raise CommandError("The audit does not verify. See docs/audit.md for what to do.")
        self.stderr.write(f"The audit verifies: chains {len(report.heads)}, rows {report.rows}.")


def _read(name: str) -> list[KnownHead]:
    try:
        return heads_in(sys.stdin.read() if name == "-" else Path(name).read_text("utf-8"))
    except (OSError, ValueError) as problem:
        raise CommandError(f"--heads {name}: {problem}") from problem
