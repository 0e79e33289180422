"""Everything that the product could have kept something in: the database, files, the log."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.sessions.models import Session
from django.db import connection

from tests.sweeps.pictures import traces_in

# Not of the product, and too much to read.
SKIPPED = {".git", ".venv", "node_modules", "__pycache__", ".pytest_cache", ".hypothesis"}


def values() -> Iterator[tuple[str, object]]:
    """Every value of every row of every table, and what the sessions hold behind their encoding."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", value
    for session in Session.objects.all():
        yield "session", session.get_decoded()


class Writes:
    """For `connection.execute_wrapper`: what was written, even if it was taken back since."""

    def __init__(self) -> None:
        self.found: dict[str, int] = {}

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("SELECT"):
            place = " ".join(sql.split()[:3])
            self.found |= traces_in((place, value) for value in _flat(params))
        return execute(sql, params, many, context)


def _flat(params: Any) -> Iterator[object]:
    for value in params or ():
        if isinstance(value, list | tuple):
            yield from _flat(value)
        else:
            yield value


class Files:
    """What is new or was changed in these folders since this was made."""

    def __init__(self, *folders: Path) -> None:
        self.folders = folders
        self.before = dict(self._all())

    def changed(self) -> Iterator[tuple[str, bytes]]:
        """Each such file with what it holds. Databases are looked into another way."""
        for path, state in self._all():
            if self.before.get(path) != state and ".sqlite3" not in path.name:
                yield str(path), path.read_bytes()

    def _all(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        for folder in self.folders:
            for place, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if name not in SKIPPED]
                for path in (Path(place, name) for name in names):
                    try:
                        state = path.stat()
                    except FileNotFoundError:
                        continue  # of somebody else, and gone already
                    yield path, (state.st_size, state.st_mtime_ns)


class Log(logging.Handler):
    """Every line that any logger would write, with its traceback and whatever else goes with it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str]] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        logging.getLogger().addHandler(self)
        try:
            yield
        finally:
            logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((record.name, f"{self.format(record)} {vars(record)}"))
