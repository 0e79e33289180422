"""Making a backup, while people work."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from audit.acts import Act
from audit.recorder import SYSTEM, record
from backup import archive
from backup.databases import module_of
from backup.errors import BackupError
from backup.folder import Folder
from backup.manifest import Manifest


def make(folder: Folder, *, suffix: str = "") -> Path:
    """The new backup's file. Raises BackupError or OSError, and then leaves nothing behind.

    That it was made is recorded afterwards, so the backup itself does not hold that row.
    """
    at = datetime.now(UTC)
    with folder.workspace() as workspace:
        dump, finished = workspace / "dump", workspace / "backup.zip"
        contents = module_of(connection).dump(connection, dump)
        length, digest = archive.measure(dump)
        manifest = Manifest(
            product=product_version(),
            database=connection.vendor,
            made_at=at.isoformat(timespec="seconds"),
            contents=contents,
            dump_bytes=length,
            dump_sha256=digest,
        )
        archive.write(finished, manifest, dump)
        made = folder.keep(finished, at, suffix)
    _record(made)
    return made


def _record(made: Path) -> None:
    try:
        with transaction.atomic():
            record(by=SYSTEM, action=Act.BACKUP_MADE, obj=None, organisation=None)
    except DatabaseError as problem:
        raise BackupError(
            f"{made} is whole, but that it was made is not in the audit."
        ) from problem


def product_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])
