"""The product as real processes, on real files, with an environment of the test's own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[3]
OWN_KEY = "a-key-made-for-this-test-alone-" + "x" * 40
SERVER = ("-W", "ignore", "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi")


def environment(folder: Path, **extra: str) -> dict[str, str]:
    own = {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    return {"PATH": os.environ["PATH"], **own, **extra}


def run(folder: Path, *command: str, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(folder, **extra),
        capture_output=True,
        text=True,
        timeout=120,
    )


def prepare(folder: Path, *commands: str, **extra: str) -> Path:
    for command in commands:
        done = run(folder, "manage.py", *command.split(), "--verbosity=0", **extra)
        assert done.returncode == 0, done.stderr
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def fetch(url: str, **headers: str) -> tuple[int, Message, str]:
    """What one request gets, redirects not followed: the status, the headers, the body."""
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own server
    try:
        with OPENER.open(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.headers, answer.read().decode()


@contextmanager
def serving(
    folder: Path, *command: str, log: IO[bytes] | None = None, **extra: str
) -> Iterator[str]:
    """Start a server on a free port and wait until it is up. Yields its address.

    All that it says goes to the file `log`, where one is given.
    """
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(folder, PORT=str(port), **extra),
        stdout=log or subprocess.DEVNULL,
        stderr=log or subprocess.PIPE,
    )
    try:
        yield _wait_for(process, f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.communicate(timeout=30)


def _wait_for(process: subprocess.Popen[bytes], site: str) -> str:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            fetch(f"{site}/healthz")
            return site
        except OSError:
            time.sleep(0.1)
    process.kill()
    raise AssertionError((process.communicate()[1] or b"its log says why").decode())
