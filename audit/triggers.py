"""The SQL of one trigger, on SQLite and on PostgreSQL, and which triggers a database has."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

# Every trigger's name starts so; nothing else in the database may.
PREFIX = "guard_"


@dataclass(frozen=True)
class Trigger:
    """Refuses one kind of statement on one table. `columns` empty: whatever it would change."""

    table: str
    event: str
    message: str
    columns: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.table}_{self.event}"


@dataclass(frozen=True)
class Found:
    """A trigger as the database has it. Its definition holds the message it refuses with."""

    table: str
    definition: str


@dataclass(frozen=True)
class Dialect:
    events: frozenset[str]
    prepare: str
    found: str
    create: Callable[[Trigger], str]
    drop: Callable[[str, str], str]


def dialect_of(connection: BaseDatabaseWrapper) -> Dialect:
    """Raises NotSupportedError for a database the guards are not written for."""
    try:
        return DIALECTS[connection.vendor]
    except KeyError:
        raise NotSupportedError(f"guards are not written for {connection.vendor}") from None


def found(connection: BaseDatabaseWrapper) -> dict[str, Found]:
    """Every guard trigger the database has and obeys, by name."""
    with connection.cursor() as cursor:
        cursor.execute(dialect_of(connection).found)
        rows = cursor.fetchall()
    return {name: Found(table, text) for name, table, text in rows if name.startswith(PREFIX)}


def _changed(columns: tuple[str, ...], differs: str) -> str:
    tests = (f'OLD."{column}" {differs} NEW."{column}"' for column in columns)
    return f"WHEN ({' OR '.join(tests)}) " if columns else ""


def _create_sqlite(trigger: Trigger) -> str:
    return (
        f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event.upper()} ON "{trigger.table}" '
        f"{_changed(trigger.columns, 'IS NOT')}"
        f"BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _create_postgresql(trigger: Trigger) -> str:
    # TRUNCATE has no rows to look at, so its trigger is for the whole statement.
    each = "STATEMENT" if trigger.event == "truncate" else "ROW"
    return (
        f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event.upper()} ON "{trigger.table}" '
        f"FOR EACH {each} {_changed(trigger.columns, 'IS DISTINCT FROM')}"
        f"EXECUTE FUNCTION guard_refuse('{trigger.message}')"
    )


DIALECTS = {
    "sqlite": Dialect(
        events=frozenset({"update", "delete"}),
        prepare="",
        found="SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
        create=_create_sqlite,
        drop=lambda name, table: f'DROP TRIGGER IF EXISTS "{name}"',
    ),
    "postgresql": Dialect(
        events=frozenset({"update", "delete", "truncate"}),
        # restrict_violation reaches Django as an IntegrityError, as SQLite's ABORT does.
        prepare=(
            "CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; "
            "END $$"
        ),
        # A trigger that was switched off ('D') guards nothing and so is not found.
        found=(
            "SELECT t.tgname, c.relname, encode(t.tgargs, 'escape') FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal "
            "AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)"
        ),
        create=_create_postgresql,
        drop=lambda name, table: f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
    ),
}
