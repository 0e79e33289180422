"""The SQL of a trigger, on SQLite and on PostgreSQL, and which triggers a database has."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import NotSupportedError
from django.db.backends.base.base import BaseDatabaseWrapper

from audit.triggers import PREFIX, Found, Trigger

# The rows that a statement has in its hands.
ROWS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}

# restrict_violation reaches Django as an IntegrityError, as SQLite's ABORT does.
REFUSE = """
CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$
"""

# Given a message, a key, a parent and the parent's column: PostgreSQL's WHEN cannot ask another
# table. FOR SHARE waits for whoever is setting the column just now, and then sees it set.
REFUSE_ONCE = """
CREATE OR REPLACE FUNCTION guard_refuse_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    parents bigint[] := '{}';
    kept bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        parents := parents || (to_jsonb(OLD) ->> TG_ARGV[1])::bigint;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        parents := parents || (to_jsonb(NEW) ->> TG_ARGV[1])::bigint;
    END IF;
    EXECUTE format(
        'SELECT count(held.%1$I) FROM (SELECT %1$I FROM %2$I WHERE id = ANY ($1) FOR SHARE) held',
        TG_ARGV[3], TG_ARGV[2]
    ) INTO kept USING parents;
    IF kept > 0 THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$
"""

# Given a message, a permit's table, its column, the table by way of which (or nothing), and keys.
REFUSE_WITHOUT_PERMIT = """
CREATE OR REPLACE FUNCTION guard_refuse_without_permit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    named bigint[] := '{}';
    permitted boolean;
BEGIN
    FOR place IN 4 .. TG_NARGS - 1 LOOP
        named := named || (to_jsonb(OLD) ->> TG_ARGV[place])::bigint;
    END LOOP;
    IF TG_ARGV[3] <> '' THEN
        EXECUTE format('SELECT array_agg(%I) FROM %I WHERE id = ANY ($1)', TG_ARGV[2], TG_ARGV[3])
        INTO named USING named;
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE %I = ANY ($1))', TG_ARGV[1], TG_ARGV[2])
    INTO permitted USING named;
    IF permitted THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END $$
"""


@dataclass(frozen=True)
class Dialect:
    """How one database is asked. `prepare` comes before the first trigger that is made."""

    events: frozenset[str]
    prepare: tuple[str, ...]
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


def _changed(trigger: Trigger, differs: str) -> str:
    tests = (f'OLD."{column}" {differs} NEW."{column}"' for column in trigger.columns)
    return f"({' OR '.join(tests)})" if trigger.columns else ""


def _row_is_kept(trigger: Trigger) -> str:
    once = trigger.once
    return f'OLD."{once.column}" IS NOT NULL' if once and not once.parent else ""


def _parent_is_kept(trigger: Trigger) -> str:
    once = trigger.once
    if once is None or not once.parent:
        return ""
    keys = ", ".join(f'{row}."{once.key}"' for row in ROWS[trigger.event])
    return (
        f'EXISTS (SELECT 1 FROM "{once.parent}" '  # noqa: S608 - names from the declared guards
        f'WHERE "id" IN ({keys}) AND "{once.column}" IS NOT NULL)'
    )


def _is_not_permitted(trigger: Trigger) -> str:
    permit = trigger.permit
    if permit is None:
        return ""
    wanted = ", ".join(f'OLD."{key}"' for key in permit.keys)
    if permit.via:
        wanted = f'SELECT "{permit.column}" FROM "{permit.via}" WHERE "id" IN ({wanted})'  # noqa: S608 - names from the declared guards
    return (
        f'NOT EXISTS (SELECT 1 FROM "{permit.table}" '  # noqa: S608 - as above
        f'WHERE "{permit.column}" IN ({wanted}))'
    )


def _when(*conditions: str) -> str:
    given = " AND ".join(condition for condition in conditions if condition)
    return f"WHEN ({given}) " if given else ""


def _create_sqlite(trigger: Trigger) -> str:
    when = _when(
        _changed(trigger, "IS NOT"),
        _row_is_kept(trigger),
        _parent_is_kept(trigger),
        _is_not_permitted(trigger),
    )
    return (
        f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event.upper()} ON "{trigger.table}" '
        f"{when}BEGIN SELECT RAISE(ABORT, '{trigger.message}'); END"
    )


def _create_postgresql(trigger: Trigger) -> str:
    # TRUNCATE has no rows to look at, so its trigger is for the whole statement.
    each = "STATEMENT" if trigger.event == "truncate" else "ROW"
    when = _when(_changed(trigger, "IS DISTINCT FROM"), _row_is_kept(trigger))
    function, given = "guard_refuse", [trigger.message]
    if trigger.once and trigger.once.parent:
        function = "guard_refuse_once"
        given += [trigger.once.key, trigger.once.parent, trigger.once.column]
    if permit := trigger.permit:
        function = "guard_refuse_without_permit"
        given += [permit.table, permit.column, permit.via, *permit.keys]
    arguments = ", ".join(f"'{argument}'" for argument in given)
    return (
        f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event.upper()} ON "{trigger.table}" '
        f"FOR EACH {each} {when}EXECUTE FUNCTION {function}({arguments})"
    )


DIALECTS = {
    "sqlite": Dialect(
        events=frozenset({"insert", "update", "delete"}),
        prepare=(),
        found="SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
        create=_create_sqlite,
        drop=lambda name, table: f'DROP TRIGGER IF EXISTS "{name}"',
    ),
    "postgresql": Dialect(
        events=frozenset({"insert", "update", "delete", "truncate"}),
        prepare=(REFUSE, REFUSE_ONCE, REFUSE_WITHOUT_PERMIT),
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
