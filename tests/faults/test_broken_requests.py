"""Requests that no HTTP library sends: refused; the server goes on, and its log is whole."""

import json
import socket
import time

import pytest

from tests.faults.server import Server
from tests.integration.web.processes import fetch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
FORGED = b'{"level": "INFO", "message": "forged"}'
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\n" + FORM
GET = b"GET /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
BROKEN = {
    "no request": b"\n" + FORGED + b"\n\r\n\r\n",
    "a line too many": b"GET /x\n" + FORGED + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a version of the future": b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    "a null byte": GET + b"X-Y: a\x00b\r\n\r\n",
    "an escape": b"GET /\x1b[2J HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "a header without a name": GET + b": " + FORGED + b"\r\n\r\n",
    "a folded header": GET + b"X-Y: a\r\n " + FORGED + b"\r\n\r\n",
    "a header without end": GET + b"X-Y: " + b"a" * 20_000 + b"\r\n\r\n",
    "too many headers": GET + b"".join(b"X-%d: a\r\n" % n for n in range(300)) + b"\r\n",
    "an address without end": b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    "another host": b"GET /sign-in/ HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n",
    "a length below nothing": POST + b"Content-Length: -1\r\n\r\n",
    "two lengths": POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\na=1",
    "a length and chunks": POST
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "broken chunks": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\na=1\r\n",
    "an unknown coding": POST + b"Transfer-Encoding: other\r\n\r\na=1",
    "a length beyond all": POST + b"Content-Length: 99999999999\r\n\r\na=1",
}
# Refused by one of these; or without a word.
REFUSALS = {400, 403, 404, 408, 411, 413, 414, 415, 431, 501, 505, None}


@pytest.fixture
def server(var, guidance):
    with Server(var) as running:
        yield running


def sent(server: Server, request: bytes) -> int | None:
    """The status of what comes back, when the sender says no more; None for nothing."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.recv(4096)
    return int(answer.split()[1]) if answer else None


def test_broken_requests_are_refused_and_the_log_stays_whole(server):
    for name, request in BROKEN.items():
        assert sent(server, request) in REFUSALS, name
    began = time.monotonic()
    assert fetch(f"{server.site}/readyz")[0] == 200
    assert time.monotonic() - began < 5
    for line in server.log.read_text().splitlines():
        assert json.loads(line)["message"] != "forged"
        assert "\x1b" not in line
