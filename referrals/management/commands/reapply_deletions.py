import sys
from argparse import ArgumentParser, FileType
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from audit.recorder import SYSTEM
from referrals.retention.again import DONE, REFUSED, delete_again
from referrals.retention.lines import NotOurs, Values, name_of, read

NO_LIST = "This is no file of list_deletions. Nothing was deleted."
NOT_OURS = (
    "Line {} was not printed by list_deletions of this installation, or was changed since; or "
    "SECRET_KEY is another one now. Nothing was deleted."
)


class Command(BaseCommand):
    help = (
        "After a backup was restored: deletes again what list_deletions had printed. Done twice it "
        "does no harm. It refuses a case that is on legal hold."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=FileType(), default=sys.stdin, help="default: standard input"
        )

    def handle(self, *, file: TextIO, **options: Any) -> None:
        found = []
        with file:
            deletions = _read(file)
        for values in deletions:
            became = delete_again(values, by=SYSTEM)
            self.stdout.write(f"{name_of(values)} {became}.")
            found.append(became)
        self.stdout.write(f"Deleted again: {found.count(DONE)} of {len(found)}.")
        if any(became in REFUSED for became in found):
            raise CommandError("Not everything was deleted: see above.")


def _read(file: TextIO) -> list[Values]:
    """Every line is looked at before the first is done."""
    try:
        return read(file)
    except NotOurs as problem:
        raise CommandError(NOT_OURS.format(problem.number)) from problem
    except UnicodeDecodeError as problem:
        raise CommandError(NO_LIST) from problem
