"""A person at a browser, over real HTTP: cookies, forms, pages that lead on. No JavaScript."""

import http.client
import re
import socket
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]*)"')
# Whatever a server that was killed looks like from outside.
GONE = (OSError, http.client.HTTPException)
PATIENCE = 40.0  # seconds: a hang fails the test; it is not waited for


@dataclass(frozen=True)
class Page:
    status: int
    path: str  # where it was asked for
    location: str  # where it leads, or ""
    body: str
    headers: dict[str, str]

    def hidden(self, name: str) -> str:
        """The value of a hidden field; "" where there is none."""
        fields = re.findall(rf'<input[^>]*name="{name}"[^>]*>', self.body)
        value = re.search(r'value="([^"]*)"', fields[0]) if fields else None
        return unescape(value[1]) if value else ""


class Browser:
    """`get` and `post` as a browser does them; raises what is in GONE when the server goes."""

    def __init__(self, site: str) -> None:
        self.host = urlsplit(site).netloc
        self.cookies: dict[str, str] = {}
        self.token = ""

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None)

    def post(self, path: str, values: dict[str, Any] | None = None) -> Page:
        body = urlencode({"csrfmiddlewaretoken": self.token, **(values or {})}, doseq=True)
        return self._ask("POST", path, body)

    def sign_in(self, email: str, password: str) -> "Browser":
        self.get("/sign-in/")
        page = self.post("/sign-in/", {"login": email, "password": password})
        assert page.status == 302, (page.status, page.body[-2000:])
        assert self.get("/").status == 200
        return self

    def _ask(self, method: str, path: str, body: str | None) -> Page:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except TimeoutError as problem:
            raise AssertionError(f"{method} {path} was not answered") from problem
        finally:
            connection.close()
        self._keep(answer)
        if match := TOKEN.search(text):
            self.token = match[1]
        location = answer.getheader("Location") or ""
        return Page(answer.status, path, location, text, dict(answer.getheaders()))

    def _keep(self, answer: http.client.HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


def is_up(host: str, port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((host, port)) == 0
