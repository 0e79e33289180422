"""How each database is dumped and loaded. Both modules have the same three functions."""

from types import ModuleType

from django.db.backends.base.base import BaseDatabaseWrapper

from backup.databases import postgresql, sqlite
from backup.errors import BackupError

KINDS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def module_of(connection: BaseDatabaseWrapper) -> ModuleType:
    """Raises BackupError for a database that backups are not written for."""
    try:
        return KINDS[connection.vendor]
    except KeyError:
        raise BackupError(f"Backups are not written for {connection.vendor}.") from None
