"""`manage.py backup`: the database as it is now, in one file. People may go on working."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError

from backup.errors import BackupError
from backup.folder import opened
from backup.making import make
from web.commands import Unattended

# Without the database's own words, which may quote a row.
NO_DATABASE = "No backup was made: the database did not do what was asked ({})."


class Command(Unattended):
    help = "Writes a backup of the database into a folder, as one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", type=Path, help=f"default: {settings.BACKUP_DIR} (BACKUP_DIR)"
        )
        parser.add_argument(
            "--keep", type=_number, metavar="N", help="delete all but the newest N backups there"
        )

    def handle(self, *, folder: Path | None, keep: int | None, **options: Any) -> None:
        try:
            with opened(folder or settings.BACKUP_DIR) as held:
                made = make(held)
                pruned = held.prune(keep, made) if keep else []
        except (BackupError, OSError) as problem:
            raise CommandError(f"This did not go well: {problem}") from problem
        except DatabaseError as problem:
            raise CommandError(NO_DATABASE.format(type(problem).__name__)) from problem
        self.stdout.write(f"{made} ({made.stat().st_size} bytes)")
        for file in pruned:
            self.stdout.write(f"deleted: {file.name}")


def _number(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("1 or more: the backup that is made is kept")
    return number
