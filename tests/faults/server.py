"""The production server as a group of processes of its own, to be killed at any moment."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from tests.integration.timers import own_database
from tests.integration.web.processes import ROOT, SERVER, environment, fetch, free_port


class Server:
    """gunicorn as config/gunicorn.py has it, on the database of the test or on another.

    `options` are added to gunicorn's command, `extra` to its environment. It keeps its port.
    """

    def __init__(self, folder: Path, *options: str, **extra: str) -> None:
        self.options, self.folder, self.port = options, folder, free_port()
        given = {"DEMO": "yes", "DATABASE_URL": own_database(), "PORT": str(self.port), **extra}
        self.environment = environment(folder, **given)
        self.site = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        return self.start()

    def __exit__(self, *args: object) -> None:
        self.kill()

    def start(self) -> "Server":
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *SERVER, *self.options],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait()
        return self

    def _wait(self) -> None:
        for _ in range(600):
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            with suppress(OSError):
                if fetch(f"{self.site}/healthz")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(self.log.read_text())

    def kill(self) -> None:
        """SIGKILL to all of its processes at once; nobody has time to tidy up."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def workers(self) -> list[int]:
        """The ids of the processes that answer: the children of the one we started."""
        assert self.process is not None
        return children(self.process.pid)

    def kill_workers(self) -> None:
        """SIGKILL to those alone; waits until others answer in their place."""
        before = self.workers()
        for worker in before:
            os.kill(worker, signal.SIGKILL)
        while not self.workers() or set(self.workers()) & set(before):
            time.sleep(0.02)
        self._wait()


def children(parent: int) -> list[int]:
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(number) for number in listed.split()]
