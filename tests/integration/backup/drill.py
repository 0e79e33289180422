"""The drill: people work, a backup is made, everything is destroyed, and the backup is put back.

For the tests, and for scripts/drill.py. It destroys the database that Django is connected to.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from io import StringIO
from pathlib import Path
from types import TracebackType
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from audit.verifying import verify_all
from backup.contents import Query
from referrals.actions.submission import submit
from referrals.models import Case
from tests.client import FormClient
from tests.factories.referrals import ANSWERS, make_case
from tests.integration.referrals.lead import acknowledge, agree
from triage.actions import start_draft
from triage.models import Draft

Everything = dict[str, list[tuple[Any, ...]]]
# Of these alone a backup and a restore add rows, or leave them out.
WITHOUT = {
    "django_session": "1 = 0",
    "audit_entry": "action NOT IN ('backup.made', 'backup.restored')",
    "audit_head": "chain <> 0",
}


def everything(where: dict[str, str] | None = None) -> Everything:
    """Every row of every table, at one moment; or of those tables, where that holds."""
    where = where if where is not None else dict.fromkeys(tables(), "1 = 1")
    with _one_moment() as query:
        return {
            name: sorted(
                query(_select(name, f"{WITHOUT.get(name, '1 = 1')} AND {holds}")), key=repr
            )
            for name, holds in where.items()
        }


def _select(table: str, holds: str) -> str:
    return f'SELECT * FROM "{table}" WHERE {holds}'  # noqa: S608 - our own tables


def tables() -> list[str]:
    return connection.introspection.table_names()


@contextmanager
def _one_moment() -> Iterator[Query]:
    """Reads without keeping anybody waiting: Django's own transaction would lock SQLite."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as database:
            database.execute("BEGIN")
            yield lambda sql: database.execute(sql).fetchall()
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

        def query(sql: str) -> list[tuple[Any, ...]]:
            cursor.execute(sql)
            return cursor.fetchall()

        yield query


class Parts:
    """What nobody touches any more, looked at once, and the rest, looked at after each commit."""

    def __init__(self, **many: str) -> None:
        """`many`: tables whose rows, so far, stay as they are, and the column that grows in each.

        There may be very many of them.
        """
        with _one_moment() as query:
            last = {
                name: query(f'SELECT max("{grows}") FROM "{name}"')[0][0]  # noqa: S608
                for name, grows in many.items()
            }
        self._settled = {name: f"{many[name]} <= '{value}'" for name, value in last.items()}
        self._moving = {
            name: f"NOT ({self._settled[name]})" if name in last else "1 = 1" for name in tables()
        }
        self.before = self.settled()

    def settled(self) -> Everything:
        return everything(self._settled)

    def moving(self) -> Everything:
        return everything(self._moving)


class Writer(threading.Thread):
    """Works on cases without a pause, and keeps what the database held after each commit.

    It alone writes, so what was committed at any moment is one of `history`.
    """

    def __init__(self, by: User, lead: User, parts: Parts) -> None:
        super().__init__()
        self.by, self.lead, self.parts = by, lead, parts
        self.history: list[Everything] = [parts.moving()]
        self.problem: Exception | None = None
        self._stop_asked = threading.Event()

    def run(self) -> None:
        try:
            while not self._stop_asked.is_set():
                for work in self._works():
                    work()
                    self.history.append(self.parts.moving())
        except Exception as problem:  # shown by whoever waits for us
            self.problem = problem
        finally:
            connection.close()

    def _works(self) -> list[Callable[[], object]]:
        """Each is one commit."""
        drafts: list[Draft] = []
        cases: list[Case] = []
        return [
            lambda: drafts.append(start_draft(by=self.by)),
            lambda: self._answer(drafts[0]),
            lambda: cases.append(submit(draft=drafts[0], by=self.by)),
            lambda: acknowledge(cases[0], self.lead),
            lambda: agree(Case.objects.get(pk=cases[0].pk), self.lead),
        ]

    def _answer(self, draft: Draft) -> None:
        draft.put(ANSWERS)
        draft.save(update_fields=["answers"])

    def wait_for(self, commits: int) -> None:
        wanted = len(self.history) + commits
        while len(self.history) < wanted:
            assert self.is_alive(), self.problem
            time.sleep(0.01)

    def __enter__(self) -> "Writer":
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._stop_asked.set()
        self.join()
        assert self.problem is None, self.problem


def back_up_while_writing(
    by: User, lead: User, folder: Path, parts: Parts
) -> tuple[Path, list[Everything]]:
    """The backup, and what was committed at each moment from its beginning to its end."""
    with Writer(by, lead, parts) as writer:
        writer.wait_for(2)
        first = len(writer.history) - 1
        call_command("backup", str(folder), stdout=StringIO())
        last = len(writer.history)
        writer.wait_for(2)
    (file,) = folder.glob("*.zip")
    # One more at the end: it may have been committed in time, and looked at too late.
    return file, writer.history[first : last + 1]


def destroy() -> None:
    """Nothing of the database is left."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                Path(f"{connection.settings_dict['NAME']}{end}").unlink()


def assert_one_of(history: list[Everything], restored: Everything) -> None:
    """Table by table and row by row. A half case would be in none of them."""
    assert len(history) > 2, "nobody worked while the backup was made"
    assert restored in history, [
        sorted(name for name, rows in held.items() if rows != restored.get(name))
        for held in history
    ]


def signed_in(email: str, password: str) -> FormClient:
    client = FormClient()
    answer = client.post("/sign-in/", {"login": email, "password": password})
    assert (answer.status_code, "_auth_user_id" in client.session) == (302, True)
    return client


def still_signed_in(client: FormClient) -> bool:
    answer = client.get("/cases/")
    return answer.status_code == 200


def drill(by: User, lead: User, password: str, folder: Path, **many: str) -> dict[str, float]:
    """Raises AssertionError where anything is not as it was. Gives seconds, and bytes."""
    earlier = signed_in(lead.email, password)
    assert still_signed_in(earlier)
    parts = Parts(**many)
    file, history = back_up_while_writing(by, lead, folder, parts)
    destroy()
    restoring = _seconds("restore", str(file))
    assert_one_of(history, parts.moving())
    assert parts.settled() == parts.before
    report = verify_all()
    assert report.faults == []
    assert len(report.heads) > 1, "else the chains were not looked at"
    assert not still_signed_in(earlier), "a session of before lives again"
    assert still_signed_in(signed_in(lead.email, password))
    make_case(by)
    quiet = _seconds("backup", str(folder))
    return {"backup": quiet, "restore": restoring, "bytes": file.stat().st_size}


def _seconds(*command: str) -> float:
    began = time.monotonic()
    call_command(*command, verbosity=0, stdout=StringIO())
    return time.monotonic() - began
