"""A real SMTP server on loopback, small and disobedient on demand."""

import email
import socket
import socketserver
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from email.policy import default
from typing import Any


@dataclass(frozen=True)
class Received:
    """One message that the server took: whom the envelope named, and what was in it."""

    to: str
    message: Message

    @property
    def id(self) -> str:
        return self.message["Message-ID"]

    @property
    def body(self) -> str:
        return self.message.get_payload(decode=True).decode().replace("\r\n", "\n")  # type: ignore[union-attr]


@dataclass
class SmtpServer:
    """`start()` it, `kill()` it, `start()` it again on the same port. Keeps what it received.

    It refuses the addresses in `refuses` for good, ends the connection on those in `drops`, and
    says no word after the data of a message while `hangs`; `mute`, it never even greets.
    """

    port: int = 0
    refuses: set[str] = field(default_factory=set)
    drops: set[str] = field(default_factory=set)
    hangs: bool = False
    mute: bool = False
    received: list[Received] = field(default_factory=list)
    connections: int = 0

    def start(self) -> "SmtpServer":
        self._tcp = _Tcp(("127.0.0.1", self.port), _Session)
        self._tcp.owner = self
        self._over = threading.Event()
        self.port = self._tcp.server_address[1]
        self._thread = threading.Thread(target=self._tcp.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def kill(self) -> None:
        """From now on connections are refused, and those that were open are cut."""
        self._over.set()
        self._tcp.shutdown()
        self._thread.join()
        for sock in self._tcp.open:
            with suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        self._tcp.server_close()

    def wait_until_killed(self) -> None:
        self._over.wait(60)

    @property
    def to(self) -> list[str]:
        return sorted(received.to for received in self.received)

    def of(self, address: str) -> list[Received]:
        return [received for received in self.received if received.to == address]


class _Tcp(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False
    owner: SmtpServer

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.open: list[socket.socket] = []

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.append(request)
        super().process_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is none of ours."""


class _Session(socketserver.StreamRequestHandler):
    server: _Tcp

    def handle(self) -> None:
        self.owner = self.server.owner
        self.owner.connections += 1
        if self.owner.mute:
            self.owner.wait_until_killed()
            return
        self.to: list[str] = []
        self.say("220 test")
        while line := self.rfile.readline().decode().strip():
            if not self.obey(line.upper().split()[0], line):
                return

    def say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())

    def obey(self, verb: str, line: str) -> bool:
        """Answer one command. Whether the connection goes on."""
        if verb == "RCPT":
            return self.rcpt(line.partition("<")[2].partition(">")[0])
        if verb == "DATA":
            return self.data()
        if verb in ("MAIL", "RSET"):
            self.to = []
        self.say("221 bye" if verb == "QUIT" else "250 ok")
        return verb != "QUIT"

    def rcpt(self, address: str) -> bool:
        if address in self.owner.drops:
            return False
        if address not in self.owner.refuses:
            self.to.append(address)
        self.say("550 nobody here of that name" if address in self.owner.refuses else "250 ok")
        return True

    def data(self) -> bool:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        if self.owner.hangs:
            self.owner.wait_until_killed()
            return False
        message = email.message_from_bytes(b"".join(lines), policy=default)
        self.owner.received += [Received(to, message) for to in self.to]
        self.say("250 taken")
        return True
