"""`manage.py restore FILE`: the database as it was when that backup was made."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from backup.errors import BackupError
from backup.folder import opened
from backup.restoring import Restored, restore

AGAIN = """What happened after that time is gone from here. Do again what must not be lost:
  - deactivate whoever left since, and take away the roles that were taken away
  - delete again the cases that were deleted since, unless they stand above: reapply_deletions
Everybody has to sign in again, and mail that waited at that time may be sent a second time."""


class Command(BaseCommand):
    help = "Puts a backup back. Stop the server and the timer first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="replace a database that holds people or cases; it is backed up first",
        )

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        try:
            with opened(settings.BACKUP_DIR) as folder:
                done = restore(file, folder, replace=replace, say=self.stdout.write)
        except (BackupError, OSError, DatabaseError) as problem:
            raise CommandError(str(problem)) from problem
        self._report(done)

    def _report(self, done: Restored) -> None:
        contents = done.manifest.contents
        rows, chains = sum(contents.rows.values()), len(contents.heads)
        self.stdout.write(f"Put back as it was at {done.manifest.made_at}: {rows} rows.")
        if done.problems:
            raise CommandError("\n".join(["But it is not as it should be:", *done.problems]))
        self.stdout.write(f"Row counts agree, and the audit's chains are whole: {chains}.")
        for line in done.deleted:
            self.stdout.write(line)
        self.stdout.write(AGAIN)
