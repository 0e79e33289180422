import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from referrals.retention.lines import as_lines, lost
from web.commands import Unattended

NOT_KNOWN = (
    "{} holds {} that this database does not know of, which were kept there. Was a backup restored?"
    " Then run: manage.py reapply_deletions {}"
)


class Command(Unattended):
    help = (
        "Prints every case and discarded triage that was deleted, a line of JSON each, with no "
        "name in it. Keep it beside the backups: reapply_deletions needs it after a restore."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--file", type=Path, help="write it there; what the file says besides is kept"
        )

    def handle(self, *, file: Path | None, **options: Any) -> None:
        lines = list(as_lines())
        if file is None:
            self.stdout.writelines(f"{line}\n" for line in lines)
            return
        kept = _lost(file, lines)
        _replace(file, [*kept, *lines])
        if kept:
            self.stdout.write(NOT_KNOWN.format(file, len(kept), file))


def _lost(file: Path, lines: list[str]) -> list[str]:
    if not file.exists():
        return []
    try:
        return lost(file.read_text().splitlines(), lines)
    except ValueError as problem:
        raise CommandError(f"{file} is no file of list_deletions: it was left alone.") from problem


def _replace(file: Path, lines: list[str]) -> None:
    """The whole of it or nothing; readable by its owner alone."""
    new = file.with_name(f"{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
        opened.writelines(f"{line}\n" for line in lines)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)
