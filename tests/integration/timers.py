"""The timer as a real process, on the database of the test or one of its own."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from tests.integration.web.processes import ROOT, environment
from tests.smtp import SmtpServer

SITE = "https://triage.example"


def own_database() -> str:
    """The address of the database that this test runs on, for another process."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    return f"postgresql://{given['USER']}@{quote(given['HOST'], safe='')}/{given['NAME']}"


def mail_settings(smtp: SmtpServer) -> dict[str, str]:
    """Ours for any process that is to send to this server."""
    return {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp.port),
        "EMAIL_USE_TLS": "no",
        "EMAIL_FROM": "triage@school.example",
        "SITE_URL": SITE,
    }


@contextmanager
def timer(folder: Path, *options: str, **extra: str) -> Iterator["subprocess.Popen[str]"]:
    """Start `manage.py timer` in demo mode; it is ended afterwards if it has not ended."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "timer", *options],
        cwd=ROOT,
        env=environment(folder, DEMO="yes", **extra),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def eventually(holds: Callable[[], object], seconds: float = 30) -> float:
    """Wait until it holds; how long that took. Fails when it never does."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it never came about"
        time.sleep(0.05)
    return time.monotonic() - began


def add_message(file: Path, address: str) -> None:
    """Somebody with this address, and a message to them, in the SQLite database of a process."""
    database = sqlite3.connect(file, timeout=20)
    try:
        with database:
            database.execute(
                "INSERT INTO accounts_user (id, email, name, password, is_active, is_demo,"
                " date_joined) VALUES (999, ?, 'Example', '', 1, 1, '2026-01-01')",
                [address],
            )
            database.execute(
                "INSERT INTO outbox_message (id, subject, body, key, queued_at, try_at, tries,"
                " to_id) VALUES (?, 'Subject', 'Body', 'key', '2026-01-01', '2026-01-01', 0, 999)",
                ["0123456789abcdef" * 2],
            )
    finally:
        database.close()


def timers_of(folder: Path) -> list[int]:
    """The ids of the timers that run now with this folder as theirs."""
    return [int(place.name) for place in Path("/proc").glob("[0-9]*") if _is_timer(place, folder)]


def _is_timer(place: Path, folder: Path) -> bool:
    with suppress(OSError):
        command = (place / "cmdline").read_bytes().split(b"\0")
        given = (place / "environ").read_bytes().split(b"\0")
        return b"timer" in command and f"VAR_DIR={folder}".encode() in given
    return False
