"""The provider of provider.mjs as a process of its own."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

from config.openid import Provider
from scripts.build_frontend import system_node, wheel_node
from tests.integration.web.processes import free_port

SCRIPT = Path(__file__).with_name("provider.mjs")


@dataclass
class Running:
    issuer: str
    asked: list[dict[str, list[str]]] = field(default_factory=list)

    def configured(self, **more: object) -> Provider:
        given = {"id": "example", "name": "Example Login", "client_id": "triage", **more}
        return Provider(server=self.issuer, secret="a-secret-for-tests-alone", **given)


@contextmanager
def provider(site: str) -> Iterator[Running]:
    """Sends people back to `site`. `asked`: the parameters of each request to sign in."""
    port = free_port()
    node, _ = system_node() or wheel_node()
    redirect = f"{site}/account/with/example/answer/"
    command = [*node, "--no-warnings", str(SCRIPT), str(port), redirect]
    running = Running(f"http://127.0.0.1:{port}")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=SCRIPT.parent
    ) as process:
        listener = Thread(target=_listen, args=(process, running), daemon=True)
        try:
            _wait(process)
            listener.start()
            yield running
        finally:
            process.terminate()
            if listener.is_alive():
                listener.join(timeout=10)


def _wait(process: subprocess.Popen[str]) -> None:
    said = []
    for line in process.stdout or ():
        said.append(line)
        if line.strip() == "ready":
            return
    raise AssertionError("".join(said))


def _listen(process: subprocess.Popen[str], running: Running) -> None:
    for line in process.stdout or ():
        if "client_id=" in line:
            running.asked.append(parse_qs(line.strip()))
