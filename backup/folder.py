"""The folder that backups are kept in: one writer at a time, no half file, the old ones pruned."""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from backup.errors import BackupError

PARTIAL = ".partial-"
LOCK = ".lock"
# The name begins with the time, so names sort by age. Nothing else in the folder is touched.
NAME = re.compile(r"triage-\d{8}T\d{6}Z(-[a-z0-9-]+)?\.zip")
MOST_IN_A_SECOND = 100


class Folder:
    """Make one with `opened`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """A folder of our own for what is not finished, on the same disk; gone afterwards."""
        made = Path(tempfile.mkdtemp(prefix=PARTIAL, dir=self.path))
        try:
            yield made
        finally:
            shutil.rmtree(made)

    def keep(self, file: Path, at: datetime, suffix: str = "") -> Path:
        """Give a finished file its name. What has a name already keeps it."""
        target = self._free_name(at, suffix)
        file.rename(target)
        folder = os.open(self.path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return target

    def prune(self, keep: int, newest: Path) -> list[Path]:
        """Delete all but so many; gives those deleted. `newest` stays, whatever its name."""
        others = [file for file in self.backups() if file != newest]
        doomed = others[: max(0, len(others) - (keep - 1))]
        for file in doomed:
            file.unlink()
        return doomed

    def backups(self) -> list[Path]:
        """Oldest first."""
        return sorted(file for file in self.path.iterdir() if NAME.fullmatch(file.name))

    def _free_name(self, at: datetime, suffix: str) -> Path:
        stem = f"triage-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        for number in range(1, MOST_IN_A_SECOND):
            parts = [stem, *filter(None, [suffix]), *([str(number)] if number > 1 else [])]
            path = self.path / f"{'-'.join(parts)}.zip"
            if not path.exists():
                return path
        raise BackupError(f"There are {MOST_IN_A_SECOND} backups of this second already.")


@contextmanager
def opened(path: Path) -> Iterator[Folder]:
    """Hold the folder, made if it is not there. Raises BackupError while another process does."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise BackupError(f"Another backup or restore is at work in {path}.") from problem
        # Nobody else is at work, so these are of one that was killed.
        for left in path.glob(f"{PARTIAL}*"):
            shutil.rmtree(left)
        yield Folder(path)
    finally:
        os.close(lock)
