"""What a backup says of itself: a JSON file beside the dump, written and read here alone.

The format is fixed: docs/operations.md describes it. A change needs a new FORMAT number.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.migrations.loader import MigrationLoader

from audit.heads import KnownHead
from backup.contents import Contents
from backup.errors import BackupError

FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """`database` is "sqlite" or "postgresql"; `made_at` is ISO 8601, in UTC."""

    product: str
    database: str
    made_at: str
    contents: Contents
    dump_bytes: int
    dump_sha256: str

    def to_json(self) -> str:
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1)


def from_json(text: str | bytes) -> Manifest:
    """Raises BackupError for anything that is not a manifest of a format that is known."""
    try:
        data = json.loads(text)
        if data.pop("format") != FORMAT:
            raise BackupError("This backup is of a format that this version does not know.")
        return Manifest(**{**data, "contents": _contents(data["contents"])})
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise BackupError("The manifest of this backup cannot be read.") from problem


def _contents(data: dict[str, Any]) -> Contents:
    return Contents(
        migrations=tuple(data["migrations"]),
        rows=dict(data["rows"]),
        heads=tuple(KnownHead(**head) for head in data["heads"]),
    )


def unknown_migrations(applied: Iterable[str]) -> list[str]:
    """Those of a database that this version of the product does not have: it is older."""
    on_disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    replaced = {key for migration in on_disk.values() for key in migration.replaces}
    known = {f"{app}.{name}" for app, name in {*on_disk, *replaced}}
    return sorted(set(applied) - known)
