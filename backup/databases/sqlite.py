"""SQLite: copied by its own online backup, which takes one moment of it while others write."""

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from backup.contents import SESSION_TABLES, Contents, Query, read
from backup.errors import BackupError

TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
)
WAIT = 30  # seconds for others to let go of the database that is loaded into


def dump(connection: BaseDatabaseWrapper, target: Path) -> Contents:
    """Copy the database as it is at one moment; gives what the copy holds.

    The copy is written anew by VACUUM: pages of a SQLite file that are free still hold what was
    deleted from them, and what a person had deleted must not go into a backup.
    """
    copy = target.with_name("copy.sqlite3")
    address = _address(connection)
    with (
        closing(sqlite3.connect(address, uri=True)) as live,
        closing(sqlite3.connect(copy)) as whole,
    ):
        live.backup(whole)
    with closing(sqlite3.connect(copy, isolation_level=None)) as whole:
        for table in {*SESSION_TABLES}.intersection(_tables(_query(whole))):
            whole.execute(f'DELETE FROM "{table}"')  # noqa: S608 - one of our own constants
        whole.execute("VACUUM INTO ?", [str(target)])
    copy.unlink()
    return _look(target)


def load(connection: BaseDatabaseWrapper, source: Path) -> None:
    """Make the database what the dump is, as one transaction: those who have it open see it too."""
    _look(source)
    path = Path(_name(connection))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    connection.close()
    # The one that opens it first would make it readable to others.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with closing(sqlite3.connect(source)) as dump, closing(sqlite3.connect(path)) as database:
        dump.backup(database, progress=_impatient())


def contents(connection: BaseDatabaseWrapper) -> Contents:
    with closing(sqlite3.connect(_address(connection), uri=True)) as database:
        query = _query(database)
        return read(query, _tables(query))


def _look(file: Path) -> Contents:
    """Raises BackupError for a file that is not whole."""
    with closing(sqlite3.connect(file)) as database:
        query = _query(database)
        try:
            found = query("PRAGMA integrity_check")
        except sqlite3.DatabaseError as problem:
            raise BackupError("The copy of the database is not whole.") from problem
        if found != [("ok",)]:
            raise BackupError("The copy of the database is not whole: integrity_check says so.")
        return read(query, _tables(query))


def _impatient() -> "Impatient":
    return Impatient(time.monotonic() + WAIT)


class Impatient:
    """Told after each step of a copy; while the target is locked, a step copies nothing."""

    def __init__(self, until: float) -> None:
        self.until = until

    def __call__(self, status: int, remaining: int, total: int) -> None:
        if remaining and time.monotonic() > self.until:
            raise BackupError(
                "The database is in use. Stop the server and the timer, then try again. "
                "Nothing was changed."
            )


def _query(database: sqlite3.Connection) -> Query:
    return lambda sql: database.execute(sql).fetchall()


def _tables(query: Query) -> list[str]:
    return [name for (name,) in query(TABLES)]


def _name(connection: BaseDatabaseWrapper) -> str:
    return str(connection.settings_dict["NAME"])


def _address(connection: BaseDatabaseWrapper) -> str:
    """Not made when it is not there: an empty backup would be worse than none."""
    path = Path(_name(connection)).resolve()
    if not path.is_file():
        raise BackupError(f"There is no database at {path}.")
    return f"{path.as_uri()}?mode=rw"
