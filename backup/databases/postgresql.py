"""PostgreSQL: by its own pg_dump, pg_restore and psql, of the server's version or a later one."""

import os
import re
import shutil
import subprocess
from glob import glob
from pathlib import Path

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.client import DatabaseClient

from backup.contents import SESSION_TABLES, Contents, Query, read
from backup.errors import BackupError

TABLES = (
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') "
    "AND relnamespace = current_schema()::regnamespace"
)
# Everything in the schema goes, what a later version added too; the schema itself may belong to
# somebody else, and stays.
EMPTY = """
SET client_min_messages = warning;
SET lock_timeout = '30s';
DO $$
DECLARE
    thing text;
BEGIN
    FOR thing IN SELECT oid::regclass FROM pg_class WHERE relkind IN ('r', 'p')
        AND relnamespace = current_schema()::regnamespace
    LOOP
        EXECUTE 'DROP TABLE IF EXISTS ' || thing || ' CASCADE';
    END LOOP;
    FOR thing IN SELECT oid::regprocedure FROM pg_proc p
        WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE 'DROP ROUTINE IF EXISTS ' || thing || ' CASCADE';
    END LOOP;
END $$;
"""


def dump(connection: BaseDatabaseWrapper, target: Path) -> Contents:
    """Dump the database as it is at one moment; gives what it held at that moment.

    What is counted here and what pg_dump reads are one snapshot, whatever others commit meanwhile.
    """
    with transaction.atomic(using=connection.alias, durable=True):
        query = _query(connection)
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
        ((snapshot,),) = query("SELECT pg_export_snapshot()")
        found = read(query, _tables(query))
        _run(
            connection,
            *("pg_dump", "--format=custom", "--no-owner", "--no-privileges"),
            *(f"--exclude-table-data={table}" for table in SESSION_TABLES),
            *(f"--snapshot={snapshot}", f"--file={target}"),
        )
    without = {table: 0 for table in SESSION_TABLES if table in found.rows}
    return Contents(found.migrations, {**found.rows, **without}, found.heads)


def load(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Make the database what the dump is, in one transaction: all of it, or nothing is changed."""
    script, empty = source.with_name("load.sql"), source.with_name("empty.sql")
    empty.write_text(EMPTY)
    # Into a file first: a pg_restore that died half way would look to psql like the end.
    made = ["--no-owner", "--no-privileges", f"--file={script}", str(source)]
    _run(connection, "pg_restore", *made)
    connection.close()
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
    _run(connection, "psql", *options, "--output=/dev/null", f"--file={empty}", f"--file={script}")
    script.unlink()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def contents(connection: BaseDatabaseWrapper) -> Contents:
    with transaction.atomic(using=connection.alias):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
        query = _query(connection)
        return read(query, _tables(query))


def find(program: str) -> str:
    """On the PATH, or where Debian keeps the newest. Raises BackupError where it is not."""
    newest = sorted(glob(f"/usr/lib/postgresql/*/bin/{program}"), key=_version)[-1:]
    found = shutil.which(program) or next(iter(newest), None)
    if found is None:
        raise BackupError(f"{program} is not installed. On Debian: apt install postgresql-client")
    return found


def _version(path: str) -> int:
    number = Path(path).parent.parent.name
    return int(number) if number.isdecimal() else 0


def _run(connection: BaseDatabaseWrapper, program: str, *arguments: str) -> None:
    """Raises BackupError, with what the program says went wrong but without any row's data."""
    command = [find(program), *arguments]
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, env={**os.environ, **_where(connection)}, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        # The lines DETAIL and CONTEXT, which follow an error, quote what is in the rows.
        said = [line for line in done.stderr.splitlines() if re.search(r"error:|ERROR:", line)]
        raise BackupError("\n".join([f"{program} failed.", *said[:5]]))


def _where(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The database as environment: a password must not stand among a program's arguments."""
    given = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    env = {name: str(given[key]) for name, key in names.items() if given.get(key)}
    _, more = DatabaseClient.settings_to_cmd_args_env(given, [])
    return {**env, **(more or {}), "PGCONNECT_TIMEOUT": "10"}


def _query(connection: BaseDatabaseWrapper) -> Query:
    def query(sql: str) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())

    return query


def _tables(query: Query) -> list[str]:
    return [name for (name,) in query(TABLES)]
