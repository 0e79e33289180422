"""Guards: what the database itself refuses, whatever program asks. Triggers, declared as data.

Any AppConfig may have `guards: list[Guard]`. They are put in place after every migrate, because
SQLite drops a table's triggers when it remakes the table, and a start without them is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from audit import dialects
from audit.triggers import Found, Once, Permit, Trigger


@dataclass(frozen=True)
class Guard:
    """Refuses to change or delete rows of a table.

    `columns` names those that may not change; empty refuses every update. `delete` refuses delete,
    and truncate where there is one. With `once`, only the rows it tells of are kept (but truncate
    is refused always), and if it asks a parent, nothing can be added to that parent either. With
    `permit`, a delete goes through where a row of another table says that it may.
    """

    table: str
    columns: tuple[str, ...] = ()
    delete: bool = True
    once: Once | None = None
    permit: Permit | None = None

    def triggers(self) -> Iterator[Trigger]:
        row = f"a row of {self.table}"
        if self.once is not None and self.once.parent:
            yield self._refuses("insert", f"{row} cannot be added")
        if self.columns:
            fixed = f"{', '.join(self.columns)} of {self.table}"
            yield self._refuses("update", f"{fixed} cannot be changed", "once written")
        else:
            yield self._refuses("update", f"{row} cannot be changed")
        if self.delete:
            yield self._refuses_delete(f"{row} cannot be deleted")
            yield Trigger(self.table, "truncate", f"Refused: {self.table} cannot be emptied.")

    def _refuses(self, event: str, what: str, otherwise: str = "") -> Trigger:
        message = f"Refused: {what} {self.once or otherwise}".rstrip() + "."
        columns = self.columns if event == "update" else ()
        return Trigger(self.table, event, message, columns, self.once)

    def _refuses_delete(self, what: str) -> Trigger:
        plain = self._refuses("delete", what, str(self.permit or ""))
        return replace(plain, permit=self.permit)


def declared() -> list[Guard]:
    """Every guard of every installed app."""
    return [guard for config in apps.get_app_configs() for guard in getattr(config, "guards", ())]


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the database's triggers those declared. Safe to run again; old ones are replaced."""
    dialect = dialects.dialect_of(connection)
    present, wanted = dialects.found(connection), _wanted(connection)
    absent = [trigger for trigger in wanted if not _in_place(trigger, present)]
    kept = {trigger.name for trigger in wanted} - {trigger.name for trigger in absent}
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, found in present.items():
            if name not in kept:
                cursor.execute(dialect.drop(name, found.table))
        for sql in dialect.prepare if absent else ():
            cursor.execute(sql)
        for trigger in absent:
            # Again by name: on PostgreSQL one that is switched off is there but not found.
            cursor.execute(dialect.drop(trigger.name, trigger.table))
            cursor.execute(dialect.create(trigger))


def drop(connection: BaseDatabaseWrapper) -> None:
    """Take every guard away: for a migration that must change what is guarded, and for tests."""
    dialect = dialects.dialect_of(connection)
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name, found in dialects.found(connection).items():
            cursor.execute(dialect.drop(name, found.table))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of declared triggers that the database lacks, or has in an older form."""
    present = dialects.found(connection)
    return [trigger.name for trigger in _wanted(connection) if not _in_place(trigger, present)]


def install_after_migrate(*, using: str, **kwargs: object) -> None:
    """For the `post_migrate` signal. Receives it once, from audit: every table exists by then."""
    install(connections[using])


def count_replace_as_delete(*, connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """For `connection_created`. SQLite's INSERT OR REPLACE deletes without firing, unless told."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = ON")


def _wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    events = dialects.dialect_of(connection).events
    tables = set(connection.introspection.table_names())
    every = (trigger for guard in declared() for trigger in guard.triggers())
    return [trigger for trigger in every if trigger.event in events and trigger.table in tables]


def _in_place(trigger: Trigger, present: dict[str, Found]) -> bool:
    """The message says what is kept and when, so a guard since changed is not taken for itself."""
    return trigger.name in present and trigger.message in present[trigger.name].definition
