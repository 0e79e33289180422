"""The drill: people work, a backup is made, everything is destroyed, and the backup is put back.

For the tests, and for scripts/drill.py. It destroys the database that Django is connected to.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from accounts.models import User
from audit.verifying import verify_all
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


def everything() -> Everything:
    """Every row of every table, at one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return {name: _rows(cursor, name) for name in connection.introspection.table_names(cursor)}


def _rows(cursor: Any, table: str) -> list[tuple[Any, ...]]:
    cursor.execute(f'SELECT * FROM "{table}" WHERE {WITHOUT.get(table, "1 = 1")}')  # noqa: S608
    return sorted(cursor.fetchall(), key=repr)


class Writer(threading.Thread):
    """Works on cases without a pause, and keeps what the database held after each commit.

    It alone writes, so what was committed at any moment is one of `history`.
    """

    def __init__(self, by: User, lead: User) -> None:
        super().__init__()
        self.by, self.lead = by, lead
        self.history: list[Everything] = [everything()]
        self.problem: Exception | None = None
        self._stop_asked = threading.Event()

    def run(self) -> None:
        try:
            while not self._stop_asked.is_set():
                for work in self._works():
                    work()
                    self.history.append(everything())
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


def back_up_while_writing(by: User, lead: User, folder: Path) -> tuple[Path, list[Everything]]:
    """The backup, and what was committed at each moment from its beginning to its end."""
    with Writer(by, lead) as writer:
        writer.wait_for(2)
        first = len(writer.history) - 1
        call_command("backup", str(folder), verbosity=0)
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


def drill(by: User, lead: User, password: str, folder: Path) -> dict[str, float]:
    """Raises AssertionError where anything is not as it was. Gives seconds and bytes."""
    earlier = signed_in(lead.email, password)
    assert still_signed_in(earlier)
    times = [time.monotonic()]
    file, history = back_up_while_writing(by, lead, folder)
    destroy()
    times.append(time.monotonic())
    call_command("restore", str(file), verbosity=0)
    times.append(time.monotonic())
    assert_one_of(history, everything())
    report = verify_all()
    assert report.faults == []
    assert len(report.heads) > 1, "else the chains were not looked at"
    assert not still_signed_in(earlier), "a session of before lives again"
    assert still_signed_in(signed_in(lead.email, password))
    make_case(by)
    assert settings.BACKUP_DIR.exists()
    return {"restore, seconds": times[2] - times[1], "bytes": file.stat().st_size}
