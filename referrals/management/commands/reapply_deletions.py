import sys
from argparse import ArgumentParser, FileType
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from audit.recorder import SYSTEM
from referrals.retention.again import DONE, HELD, delete_again


class Command(BaseCommand):
    help = (
        "After a backup was restored: deletes again the cases that list_deletions had printed. "
        "Done twice it does no harm. It refuses a case that is on legal hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=FileType(), default=sys.stdin, help="default: standard input"
        )

    def handle(self, *, file: TextIO, **options: Any) -> None:
        found = []
        for number, line in enumerate(file, start=1):
            try:
                reference, became = delete_again(line, by=SYSTEM)
            except (ValueError, TypeError) as problem:
                raise CommandError(f"Line {number} is no line of list_deletions.") from problem
            self.stdout.write(f"Case {reference} {became}.")
            found.append(became)
        self.stdout.write(f"Deleted again: {found.count(DONE)} of {len(found)}.")
        if HELD in found:
            raise CommandError("A case is on legal hold, so it was not deleted.")
