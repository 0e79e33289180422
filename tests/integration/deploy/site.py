"""The product as deploy/ sets it up, without systemd: nginx with the real configuration and TLS,
and gunicorn as its unit starts it, on a socket that was opened for it."""

import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from scripts import find_nginx
from tests.integration.web.processes import ROOT, environment, free_port

HOST = "triage.example"
NGINX = find_nginx.find()
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "systemd" / "triage-web.service"
# As systemd does it: the socket as file 3, and no memory that is both written and run (prctl 65
# asks for that; an old kernel does not know it). Then the unit's own command.
START = (
    "import ctypes, os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True); "
    "os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid())); "
    "ctypes.CDLL(None).prctl(65, 1, 0, 0, 0); os.umask(0o077); os.execv(sys.argv[2], sys.argv[2:])"
)
# As Debian's own nginx.conf surrounds it, in a folder of the test's.
AROUND = """
daemon off; pid {folder}/nginx.pid; error_log stderr; {user}
events {{ worker_connections 64; }}
http {{
    access_log {folder}/debian.log; gzip on;
    client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/pages;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    include {folder}/triage.conf;
}}
"""


@dataclass
class Site:
    folder: Path
    http: int
    https: int
    gunicorn: "subprocess.Popen[bytes]"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def ask(site: Site, method: str, path: str, body: object = None, **headers: str) -> Answer:
    """Over HTTPS, with the certificate looked at. Raises ConnectionError where nobody answers."""
    connection = HTTPConnection(HOST, site.https, timeout=20)
    connection.sock = tls(site)
    try:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, given)  # type: ignore[arg-type]
        return answer_of(connection.getresponse())
    finally:
        connection.close()


def answer_of(response: HTTPResponse) -> Answer:
    text = response.read().decode()
    return Answer(response.status, dict(response.getheaders()), text)


def tls(site: Site, name: str = HOST) -> ssl.SSLSocket:
    context = ssl.create_default_context(cafile=site.folder / "fullchain.pem")
    plain = socket.create_connection(("127.0.0.1", site.https), timeout=20)
    return context.wrap_socket(plain, server_hostname=name)


def raw(sock: socket.socket, request: str) -> str:
    """What comes back for these very words, to the end."""
    with sock, suppress(ConnectionError):
        sock.sendall(request.replace("\n", "\r\n").encode())
        return b"".join(iter(lambda: sock.recv(65536), b"")).decode()
    return ""


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Site]:
    """Everything, started and reachable; ended afterwards."""
    make_certificate(folder)
    with gunicorn(folder, **settings) as process:
        site = Site(folder, free_port(), free_port(), process)
        with nginx(site, (DEPLOY / "nginx" / "triage.conf").read_text()):
            yield site


def make_certificate(folder: Path) -> None:
    names = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    command = ["openssl", "req", "-x509", *kind, *names, *files]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def gunicorn(folder: Path, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
    (command,) = re.findall(r"^ExecStart=\S+ (.*)$", UNIT.read_text(), re.MULTILINE)
    with socket.socket(socket.AF_UNIX) as listener, (folder / "gunicorn.log").open("wb") as log:
        listener.bind(str(folder / "web.sock"))
        listener.listen(64)
        program = [sys.executable, *command.split()]
        process = subprocess.Popen(
            [sys.executable, "-c", START, str(listener.fileno()), *program],
            cwd=ROOT,
            env=environment(folder, **settings),
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def configured(site: Site, text: str) -> str:
    """The real configuration with the places of this test in it, and nothing else changed."""
    text = re.sub(r"\n *listen \[::\]:.*", "", text)
    for old, new in {
        "listen 80": f"listen 127.0.0.1:{site.http}",
        "listen 443": f"listen 127.0.0.1:{site.https}",
        "__HOST__": HOST,
        "/run/triage-web.sock": f"{site.folder}/web.sock",
        "/etc/triage/tls": str(site.folder),
        "/var/log/nginx": str(site.folder),
        "/opt/triage/current": str(ROOT),
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def nginx(site: Site, text: str) -> Iterator[None]:
    user = "user root;" if os.getuid() == 0 else ""
    (site.folder / "triage.conf").write_text(configured(site, text))
    conf = site.folder / "nginx.conf"
    conf.write_text(AROUND.format(folder=site.folder, user=user))
    with (site.folder / "nginx.err").open("ab") as errors:
        process = subprocess.Popen([str(NGINX), "-p", site.folder, "-c", conf], stderr=errors)
    try:
        _wait_for(site, process)
        # Without a place to put it, writing a body or a page to the disk would be an error 500.
        for place in ("bodies", "pages"):
            (site.folder / place).rmdir()
        yield
    finally:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)


def _wait_for(site: Site, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert process.poll() is None, (site.folder / "nginx.err").read_text()
        with suppress(OSError):
            if ask(site, "GET", "/healthz").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError((site.folder / "gunicorn.log").read_text())
