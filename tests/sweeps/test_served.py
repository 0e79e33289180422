"""A real server on a real socket: images in chunks, and the headers of what it serves."""

import json
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.client import FORM
from tests.integration.web.processes import OWN_KEY, SERVER, fetch, prepare, run, serving
from tests.sweeps.pictures import PNG, holds_a_trace
from tests.sweeps.sending import MULTIPART, multipart

pytestmark = pytest.mark.once
DESCRIBE = "import django; django.setup(); from tests.sweeps.served import describe; describe()"
REFUSALS = {"400", "413", "415", "501"}
CHUNK = 200
# What is said of the body's length and kind, each in chunks: as a form's field is the last.
KINDS: list[tuple[str, bytes]] = [
    (MULTIPART, multipart("image/png", PNG)),
    ("image/png", PNG),
    (FORM, b"notes=" + PNG),
]
CODINGS = ["chunked", "gzip, chunked", "Chunked"]


@dataclass
class Site:
    folder: Path
    address: str
    cookie: str
    paths: dict[str, str]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Production, but over plain HTTP, and without the second step."""
    folder = tmp_path_factory.mktemp("served")
    given = {
        "SECRET_KEY": OWN_KEY,
        "DATABASE_URL": f"sqlite:///{folder}/triage.sqlite3",
        "TMPDIR": str(folder),
    }
    plain = {"HTTPS": "no", "REQUIRE_MFA": "no", "ALLOWED_HOSTS": "127.0.0.1"}
    prepare(folder, "migrate", "collectstatic --no-input", **given)
    made = run(folder, "-c", DESCRIBE, **given | {"DJANGO_SETTINGS_MODULE": "tests.settings"})
    assert made.returncode == 0, made.stderr
    with (
        (folder / "log").open("wb") as log,
        serving(folder, *SERVER, log=log, **given, **plain) as address,
    ):
        yield Site(folder, address, **json.loads(made.stdout))


def send(site: Site, method: str, path: str, kind: str, body: bytes, coding: str) -> str:
    """The status of the answer to one body in chunks."""
    host = urlsplit(site.address)
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {host.netloc}\r\nCookie: sessionid={site.cookie}\r\n"
        f"Content-Type: {kind}\r\nTransfer-Encoding: {coding}\r\nConnection: close\r\n\r\n"
    )
    parts = [body[start : start + CHUNK] for start in range(0, len(body), CHUNK)]
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in [*parts, b""])
    with socket.create_connection((host.hostname, host.port), timeout=10) as connection:
        connection.sendall(head.encode() + chunks)
        answer = connection.recv(1000)
    return answer.split(b" ", 2)[1].decode()


def test_no_address_takes_an_image_in_chunks_and_nothing_of_it_is_on_the_disk(
    site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    let_in, tried = [], 0
    for turn, path in enumerate(site.paths.values()):
        for method in ("POST", "PUT", "PATCH"):
            kind, body = KINDS[turn % len(KINDS)]
            coding = CODINGS[tried % len(CODINGS)]
            status = send(site, method, path, kind, body, coding)
            tried += 1
            if status not in REFUSALS:
                let_in.append(f"{method} {path}: {status}")
    kept = {str(path) for path in files(site.folder) if holds_a_trace(read(path))}
    with capsys.disabled():
        print(f"\nNever an image: {tried} in chunks to a real server; traces in {len(kept)} files")
    assert let_in == []
    assert kept == set()


def files(folder: Path) -> list[Path]:
    """All that the server can write to: its database, temporary files, its log."""
    return [path for path in folder.rglob("*") if path.is_file()]


def read(path: Path) -> str:
    return path.read_bytes().decode("latin-1")


def test_the_lead_is_signed_in_and_her_pages_are_there(site: Site) -> None:
    """The control: what was refused was refused to somebody who may go in."""
    for name in ("case", "cases", "record", "home"):
        status, _, page = fetch(site.address + site.paths[name], Cookie=f"sessionid={site.cookie}")
        assert (status, "Sign out" in page) == (200, True), name


def test_the_disk_is_where_it_would_be_found(site: Site) -> None:
    assert {"triage.sqlite3", "log"} <= {path.name for path in files(site.folder)}
    (site.folder / "image").write_bytes(PNG)
    assert [path.name for path in files(site.folder) if holds_a_trace(read(path))] == ["image"]
    (site.folder / "image").unlink()


KEPT = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def test_static_files_have_the_headers_of_pages_but_may_be_kept(site: Site) -> None:
    _, page, text = fetch(f"{site.address}/sign-in/")
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', text)
    assert {name.rpartition(".")[2] for name in names} == {"css", "js", "svg"}
    for name in [*names, "/static/build/none.css"]:
        status, headers, _ = fetch(site.address + name)
        there = not name.endswith("none.css")
        assert status == (200 if there else 404)
        assert {key: headers[key] for key in KEPT} == KEPT
        for policy in ("Content-Security-Policy", "Permissions-Policy"):
            assert headers[policy] == page[policy]
        assert ("immutable" if there else "no-store") in headers["Cache-Control"]
        assert "Access-Control-Allow-Origin" not in headers


def test_no_page_says_which_version_of_what_answers(site: Site) -> None:
    _, headers, _ = fetch(f"{site.address}/sign-in/")
    said: Any = [value for name, value in headers.items() if name.lower() in ("server", "via")]
    assert [value for value in said if re.search(r"\d", value)] == []
