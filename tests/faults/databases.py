"""Ways to take the database away from a running server, and to give it back."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, connections

from scripts import with_postgres
from tests.faults.server import Server, children

Away = Callable[[Server], AbstractContextManager[None]]


@dataclass(frozen=True)
class Way:
    """One way: what it is called, and whether pages can still be read while it lasts."""

    name: str
    away: Away
    reads: bool = False


@contextmanager
def moved(server: Server) -> Iterator[None]:
    """SQLite's files are moved elsewhere; a worker that opens them anew does not find them."""
    connections.close_all()
    file = Path(str(connection.settings_dict["NAME"]))
    elsewhere = file.parent / "elsewhere"
    elsewhere.mkdir()
    for part in file.parent.glob(f"{file.name}*"):
        part.rename(elsewhere / part.name)
    server.kill_workers()
    try:
        yield
        # One made in its place would be taken for the real one, or spoil it.
        assert not list(file.parent.glob(f"{file.name}*"))
    finally:
        for part in elsewhere.iterdir():
            part.rename(file.parent / part.name)
        elsewhere.rmdir()


LOCK = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); "
LOCK += "c.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); sys.stdin.read()"


@contextmanager
def locked(server: Server) -> Iterator[None]:
    """Another process holds SQLite's lock for as long as this lasts."""
    file = str(connection.settings_dict["NAME"])
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    other = subprocess.Popen([sys.executable, "-c", LOCK, file], **pipes)  # type: ignore[call-overload]
    assert other.stdout.readline() == "locked\n"
    try:
        yield
    finally:
        other.communicate("")


@contextmanager
def stopped(server: Server) -> Iterator[None]:
    """PostgreSQL is stopped as a crash would stop it."""
    connections.close_all()
    binaries, folder = cluster()
    with_postgres.stop(binaries, folder)
    try:
        yield
    finally:
        with_postgres.start(binaries, folder)


@contextmanager
def frozen(server: Server) -> Iterator[None]:
    """All of PostgreSQL's processes stand still: it takes connections, and answers none."""
    _, folder = cluster()
    parent = int((folder / "data" / "postmaster.pid").read_text().split()[0])
    processes = [parent, *children(parent)]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def cluster() -> tuple[Path, Path]:
    """The binaries and the folder of the throw-away server that this test runs on."""
    return Path(os.environ["POSTGRES_BINARIES"]), Path(connection.settings_dict["HOST"])


def ways() -> list[Way]:
    if connection.vendor == "sqlite":
        return [Way("moved", moved), Way("locked", locked, reads=True)]
    # A server that was given to us is not ours to stop.
    return [Way("stopped", stopped), Way("frozen", frozen)] * ("POSTGRES_BINARIES" in os.environ)


@contextmanager
def safe_commits() -> Iterator[None]:
    """The throw-away server forgets the last commits in a crash, to be quick; here it must not."""
    if connection.vendor == "sqlite":
        yield
        return
    connection.cursor().execute("ALTER ROLE CURRENT_USER SET synchronous_commit = on")
    try:
        yield
    finally:
        connection.cursor().execute("ALTER ROLE CURRENT_USER RESET synchronous_commit")
