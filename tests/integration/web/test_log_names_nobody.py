"""Names are put wherever a name can be, and the log of the real server is searched for them."""

import http.client
import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import pytest
from django.db import connection

from accounts.roles import Role
from tests.factories.accounts import PASSWORD, OrganisationFactory, UserFactory
from tests.factories.referrals import make_case
from tests.integration.timers import own_database
from tests.integration.web.processes import OWN_KEY, SERVER, serving

pytestmark = pytest.mark.django_db(transaction=True)
# Parts of names, addresses and passwords; each is sent, or stored, somewhere below.
PLANTED = ("zebedee", "quillfeather", "oxbridgeshire", "hunter2secret", "203.0.113.77", "nightjar")
NAME = "Zebedee Quillfeather"
EMAIL = "zebedee@oxbridgeshire.example"
ID = re.compile(r"[0-9a-f]{32}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
BREAKS = ("value", "row", "template", "suspicious", "denied", "warning")


class Visitor:
    """A browser that says more about its person than any should; `ids` are those it was given."""

    def __init__(self, site: str) -> None:
        self.host = urlsplit(site).netloc
        self.cookies: dict[str, str] = {"child": "Zebedee"}
        self.ids: list[str] = []

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Any:
        sent = {
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "203.0.113.77",
            "User-Agent": NAME,
            "Referer": f"https://{self.host}/{quote(NAME)}",
            "Origin": f"https://{self.host}",
            "Authorization": "Basic WmViZWRlZTpRdWlsbGZlYXRoZXI=",
            "X-Request-ID": "Zebedee-Quillfeather-was-here",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(http.client.HTTPConnection(self.host, timeout=20)) as server:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            server.request(method, path, body, {**sent, **named})
            answer = server.getresponse()
            answer.text = answer.read().decode()  # type: ignore[attr-defined]
        self.ids.append(answer.getheader("X-Request-ID"))
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: part.value for name, part in SimpleCookie(cookie).items()}
        return answer

    def post(self, path: str, **values: str) -> Any:
        """As from the page's own form."""
        found = TOKEN.search(self.ask("GET", path).text)
        assert found, path
        return self.ask("POST", path, urlencode({"csrfmiddlewaretoken": found[1], **values}))

    def raw(self, text: str) -> None:
        host, port = self.host.split(":")
        with socket.create_connection((host, int(port)), timeout=20) as server:
            server.sendall(text.encode())
            server.recv(1000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "static").mkdir()
    return tmp_path


@pytest.fixture
def site(folder: Path, guidance: object) -> Iterator[str]:
    given = {
        "ALLOWED_HOSTS": "127.0.0.1",
        "BEHIND_PROXY": "yes",
        "DATABASE_URL": own_database(),
        "DJANGO_SETTINGS_MODULE": "tests.integration.web.breaking",
        "PLAIN_LOG": str(folder / "plain.log"),
        "REQUIRE_MFA": "no",
        "SECRET_KEY": OWN_KEY,
    }
    # Without the first two, which say that warnings are ignored.
    server = SERVER[2:]
    with (folder / "log").open("wb") as log, serving(folder, *server, log=log, **given) as address:
        yield address


def test_the_log_names_nobody(site, folder):
    here = OrganisationFactory(name="Oxbridgeshire School")
    lead = UserFactory(
        name=NAME, email=EMAIL, organisation=here, roles=[Role.DSL, Role.PRACTITIONER]
    )
    case = make_case(lead, notes=f"{NAME} said so.")
    visitor = Visitor(site)
    visitor.ids.clear()

    signed_in(visitor)
    strange_addresses(visitor)
    at_work(visitor, f"/cases/{case.reference}/")
    failures(visitor)
    what_never_gets_to_django(visitor)

    said = (folder / "log").read_text()
    found = [word for word in PLANTED if word in said.casefold()]
    assert found == []
    lines = [json.loads(line) for line in said.splitlines()]
    assert all(line["request_id"] for line in lines if not line["logger"].startswith("gunicorn"))
    requests = [line for line in lines if line["logger"] == "web.requests"]
    assert [line["request_id"] for line in requests if line["route"] != "healthz"] == visitor.ids
    assert all(ID.fullmatch(line["request_id"]) for line in requests)
    assert len(set(visitor.ids)) == len(visitor.ids)
    told_of_requests(requests)
    told_of_failures(lines)
    # The control: in Python's own format the same records tell what was planted.
    plain = (folder / "plain.log").read_text().casefold()
    assert [word for word in ("zebedee", "quillfeather", "oxbridgeshire") if word in plain] != []
    assert "zebedee-quillfeather/" in plain, "the address"
    assert "invalid literal for int() with base 10: 'zebedee quillfeather'" in plain
    assert "invalid http_host header: 'zebedee.oxbridgeshire.example" in plain
    if connection.vendor == "postgresql":
        assert f"(email)=({EMAIL}) already exists" in plain


def signed_in(visitor: Visitor) -> None:
    wrong = visitor.post(
        "/sign-in/", login="nightjar@oxbridgeshire.example", password="hunter2secret"
    )
    assert "not right" in wrong.text
    assert visitor.post("/sign-in/", login=EMAIL, password=PASSWORD).status == 302
    assert NAME in visitor.ask("GET", "/").text


def strange_addresses(visitor: Visitor) -> None:
    name = quote(NAME)
    assert visitor.ask("GET", "/cases/Zebedee-Quillfeather/").status == 404
    assert visitor.ask("GET", f"/{name}/%0A%7B%22level%22:%22INFO%22%7D").status == 404
    assert visitor.ask("GET", f"/cases/?word={name}").status == 200
    assert visitor.ask("GET", f"/sign-in/?next=/{name}/").status in (200, 302)
    assert visitor.ask("GET", f"/static/{name}.css").status == 404
    assert visitor.ask("GET", "/", Host="zebedee.oxbridgeshire.example").status == 400
    assert visitor.ask("ZEBEDEE", "/").status == 405
    assert visitor.ask("GET", f"/static/{'x' * 300}").status == 404


def at_work(visitor: Visitor, case: str) -> None:
    assert NAME in visitor.ask("GET", case).text
    refused = visitor.post(f"{case}record/note/", facts=NAME, on=NAME)
    assert refused.status == 422
    assert NAME in refused.text
    assert visitor.post("/cases/search/", words=NAME).status == 200
    assert visitor.ask("POST", case, urlencode({"note": NAME})).status == 403
    away = "https://zebedee.oxbridgeshire.example"
    assert visitor.ask("POST", case, "x=y", Origin=away, Referer=away).status == 403
    multipart = "multipart/form-data; boundary=zebedee"
    assert visitor.ask("POST", case, NAME, Content_Type=multipart).status == 415
    many = "&".join(f"Zebedee{number}=x" for number in range(300))
    assert visitor.ask("POST", case, many).status == 400


def failures(visitor: Visitor) -> None:
    statuses = {}
    for how in BREAKS:
        given = EMAIL if how == "row" else NAME
        answer = visitor.ask("GET", f"/break/{how}/?{urlencode({'name': given})}")
        statuses[how] = answer.status
        if answer.status == 500:
            assert answer.getheader("X-Request-ID")[:8] in answer.text, "to tell the administrator"
    assert statuses == dict(zip(BREAKS, (500, 500, 500, 400, 403, 200), strict=True))


def what_never_gets_to_django(visitor: Visitor) -> None:
    host = f"Host: {visitor.host}\r\n"
    for request in (
        f"Zebedee Quillfeather / HTTP/1.1\r\n{host}\r\n",
        f"GET / HTTP/Zebedee\r\n{host}\r\n",
        f"GET / HTTP/1.1\r\n{host}Zebedee Quillfeather: x\r\n\r\n",
        f"GET /{'zebedee' * 2000} HTTP/1.1\r\n{host}\r\n",
        f"GET / HTTP/1.1\r\n{host}Content-Length: zebedee\r\n\r\n",
    ):
        visitor.raw(request)


def told_of_requests(requests: list[dict[str, Any]]) -> None:
    told = {(line["method"], line["route"], line["status"]) for line in requests}
    assert {
        ("POST", "sign-in/", 302),
        ("GET", None, 404),
        ("GET", "static", 404),
        ("other", None, 405),
        ("GET", "cases/<reference:reference>/", 200),
        ("POST", "cases/<reference:reference>/record/<slug:slug>/", 422),
        ("POST", None, 415),
        ("GET", "", 200),
        ("GET", "break/<slug:how>/", 500),
    } <= told
    assert all(0 <= line["ms"] < 60_000 for line in requests)


def told_of_failures(lines: list[dict[str, Any]]) -> None:
    """Enough to find the mistake by."""
    failed = [line for line in lines if line["level"] == "ERROR" and "exception" in line]
    classes = [part["class"] for line in failed for part in line["exception"]]
    for name in ("builtins.ValueError", "django.db.utils.IntegrityError", "builtins.LookupError"):
        assert name in classes
    frames = [frame for line in failed for part in line["exception"] for frame in part["frames"]]
    assert any(frame.startswith("tests/integration/web/breaking.py:") for frame in frames)
    warned = [line["message"] for line in lines if line["logger"] == "web.logs"]
    assert any("RuntimeWarning in tests/integration/web/breaking.py" in text for text in warned)
