"""What a database holds, counted: the same questions for both databases, and for a copy."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from audit.heads import KnownHead
from backup.errors import BackupError

# Runs one query and gives every row.
Query = Callable[[str], list[tuple[Any, ...]]]

# Who is signed in. No backup holds it: whoever finds one must not be able to go on as somebody, and
# what was signed out since must not live again.
SESSION_TABLES = ("django_session", "usersessions_usersession")


@dataclass(frozen=True)
class Contents:
    """`migrations` as "app.name"; `rows` by table; `heads`, the ends of the audit's chains."""

    migrations: tuple[str, ...]
    rows: dict[str, int]
    heads: tuple[KnownHead, ...]


def read(query: Query, tables: list[str]) -> Contents:
    """Raises BackupError for a database that was never migrated."""
    if "django_migrations" not in tables or "audit_head" not in tables:
        raise BackupError("The database has no tables of this product. Run: manage.py migrate")
    # Names of tables come from the database itself.
    rows = {name: query(f'SELECT count(*) FROM "{name}"')[0][0] for name in sorted(tables)}  # noqa: S608
    applied = query("SELECT app, name FROM django_migrations ORDER BY app, name")
    heads = query("SELECT chain, sequence, hash FROM audit_head ORDER BY chain")
    return Contents(
        migrations=tuple(f"{app}.{name}" for app, name in applied),
        rows=rows,
        heads=tuple(KnownHead(*head) for head in heads),
    )
