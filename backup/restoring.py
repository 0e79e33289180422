"""Putting a backup back."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from accounts.models import User
from audit.acts import Act
from audit.recorder import SYSTEM, record
from audit.verifying import verify_all
from backup import archive, making
from backup.contents import SESSION_TABLES
from backup.databases import module_of
from backup.errors import BackupError
from backup.folder import Folder
from backup.manifest import Manifest, unknown_migrations
from backup.verifying import differences
from referrals.models import Case, Tombstone
from referrals.retention.again import REFUSED, delete_again
from referrals.retention.lines import as_lines, name_of, read
from triage.models import Draft

# A database that holds any of these is somebody's.
KEPT: dict[str, type[models.Model]] = {"cases": Case, "triages": Draft, "people": User}


@dataclass
class Restored:
    """`problems` is empty when all is as it was backed up; `safety` is the backup of before.

    `deleted` says what became of each deletion that the database of before knew of.
    """

    manifest: Manifest
    safety: Path | None = None
    problems: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)


def restore(file: Path, folder: Folder, *, replace: bool, say: Callable[[str], None]) -> Restored:
    """Make the database what it was when the backup was made.

    Raises BackupError, and then nothing was changed, unless the text says so. A backup that holds
    what does not verify is put back all the same: it may be all there is. It is in `problems`.
    """
    manifest = archive.read(file)
    refuse_unfit(manifest, replace=replace)
    with folder.workspace() as workspace:
        dump = workspace / "dump"
        archive.extract(file, manifest, dump)
        restored, deletions = Restored(manifest), deletions_known()
        if held():
            restored.safety = making.make(folder, suffix="before-restore")
            say(f"What is there now was backed up first: {restored.safety}")
        module_of(connection).load(connection, dump)
    # Before any migration, which may add rows: now every count must be the manifest's.
    found = module_of(connection).contents(connection)
    restored.problems = differences(manifest.contents, found)
    _end_sessions()
    _make_ready()
    restored.problems += verify_all(manifest.contents.heads).faults
    _record()
    _delete_again(deletions, restored)
    return restored


def refuse_unfit(manifest: Manifest, *, replace: bool) -> None:
    """Raises BackupError for a backup that must not be put into this database."""
    if manifest.database != connection.vendor:
        raise BackupError(
            f"This backup is of {manifest.database}, and the database here is {connection.vendor}."
        )
    unknown = unknown_migrations(manifest.contents.migrations)
    if unknown:
        raise BackupError(
            f"This backup was made by a later version of the product ({manifest.product}): "
            f"{', '.join(unknown)} are not known here. Install that version first."
        )
    if not replace and (here := held()):
        raise BackupError(
            f"The database holds {', '.join(here)}. With --replace they are backed up first, and "
            "then replaced. Nothing was changed."
        )


def held() -> list[str]:
    """Which of what must not be lost the database holds."""
    tables = set(connection.introspection.table_names())
    return [
        name for name, model in KEPT.items() if model._meta.db_table in tables and _any_row(model)
    ]


def deletions_known() -> list[str]:
    """What was deleted for good here, as lines: a backup may hold them still.

    Raises BackupError where they cannot be read, as in a database of an older version.
    """
    if Tombstone._meta.db_table not in connection.introspection.table_names():
        return []
    try:
        return list(as_lines())
    except DatabaseError as problem:
        raise BackupError(
            "What was deleted here cannot be read. Run: manage.py migrate"
        ) from problem


def _any_row(model: type[models.Model]) -> bool:
    """By its table alone: the database may be older than the model."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT 1 FROM "{model._meta.db_table}" LIMIT 1')  # noqa: S608
        return cursor.fetchone() is not None


def _end_sessions() -> None:
    """A backup holds none; this is for one that was made by other hands."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in SESSION_TABLES:
            if table in tables:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 - one of our own constants


def _make_ready() -> None:
    """Bring the schema up to this version. Whether the guards stand, `verify_all` says."""
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)


def _delete_again(lines: list[str], restored: Restored) -> None:
    for values in read(lines):
        became = delete_again(values, by=SYSTEM)
        restored.deleted.append(f"{name_of(values)} {became}.")
        if became in REFUSED:
            restored.problems.append(f"{name_of(values)}, which had been deleted, {became}")


@transaction.atomic
def _record() -> None:
    record(by=SYSTEM, action=Act.BACKUP_RESTORED, obj=None, organisation=None)
