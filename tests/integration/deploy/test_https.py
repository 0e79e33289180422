"""Over HTTPS, through nginx, as it is in production. Only where nginx is installed."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from config import env
from tests.integration.deploy.site import DEPLOY, HOST, NGINX, Site, ask, nginx, raw, serving, tls
from tests.integration.web.processes import OWN_KEY, prepare, run

pytestmark = [
    pytest.mark.skipif(not NGINX, reason="nginx is not installed here"),
    pytest.mark.skipif(not shutil.which("openssl"), reason="openssl is not installed here"),
]
EMAIL, PASSWORD = "someone@school.example", "a-password-for-this-one"
MAKE = f"""
from accounts import actions; from accounts.models import *; from accounts.roles import Role
from audit.recorder import SYSTEM
made = actions.create_organisation(name="Example School", by=SYSTEM)
given = dict(email="{EMAIL}", name="Example", organisation=made, password="{PASSWORD}")
user = actions.create_user(**given, by=SYSTEM)
actions.grant_role(user=user, role=Role.PRACTITIONER, by=SYSTEM)
"""
MARK = "ABCDEFGHabcdefgh" * 4
TEN_MB = MARK.encode() * (10 * 1024 * 1024 // len(MARK))


@pytest.fixture(scope="module")
def database() -> Iterator[dict[str, str]]:
    """A database of its own, where the tests run on a server; else SQLite's file."""
    url = env.text("DATABASE_URL")
    if not url.startswith("postgres"):
        yield {}
        return
    server, _, _ = url.rpartition("/")
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute("CREATE DATABASE over_https")
        try:
            yield {"DATABASE_URL": f"{server}/over_https"}
        finally:
            admin.execute("DROP DATABASE over_https WITH (FORCE)")


@pytest.fixture(scope="module")
def site(tmp_path_factory, database) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("s")
    settings = {
        "SECRET_KEY": OWN_KEY,
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"https://{HOST}",
        "BEHIND_PROXY": "yes",
        **database,
    }
    prepare(folder, "migrate", "load_guidance", "collectstatic --no-input", **settings)
    done = run(folder, "manage.py", "shell", "-c", MAKE, **settings)
    assert done.returncode == 0, done.stderr
    with serving(folder, **settings) as started:
        yield started


def test_http_leads_to_https(site):
    with socket.create_connection(("127.0.0.1", site.http), timeout=10) as sock:
        said = raw(sock, f"GET /a?b=c HTTP/1.1\nHost: {HOST}\nConnection: close\n\n")
    assert said.startswith("HTTP/1.1 301")
    assert f"Location: https://{HOST}/a?b=c\r\n" in said


def test_every_page_has_its_headers_and_nothing_says_what_serves_it(site):
    answer = ask(site, "GET", "/sign-in/")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Server"] == "nginx"
    assert "Content-Encoding" not in ask(site, "GET", "/sign-in/", Accept_Encoding="gzip").headers


def test_signing_in_works(site):
    page = ask(site, "GET", "/sign-in/")
    cookie = page.headers["Set-Cookie"].split(";")[0]
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)[1]
    form = {"login": EMAIL, "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = ask(
        site,
        "POST",
        "/sign-in/",
        urlencode(form),
        Cookie=cookie,
        Origin=f"https://{HOST}",
        Content_Type="application/x-www-form-urlencoded",
    )
    assert (answer.status, answer.headers["Location"]) == (302, "/")
    session = re.search(r"(?:__Host-)?sessionid=[^;]+", str(answer.headers))[0]
    home = ask(site, "GET", "/", Cookie=f"{cookie}; {session}")
    assert home.status == 200
    assert "Sign out" in home.body


@pytest.mark.parametrize(
    "headers",
    [
        {"X_Forwarded_Proto": "http"},
        {"X_Forwarded_Host": "evil.example", "Forwarded": "host=evil.example;proto=http"},
    ],
)
def test_what_a_browser_says_of_the_proxy_does_not_count(site, headers):
    answer = ask(site, "GET", "/sign-in/", **headers)
    assert answer.status == 200, "else it was believed, and sent to HTTPS once more"
    assert "evil.example" not in str(answer)


def chunks(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), 64 * 1024):
        yield data[start : start + 64 * 1024]


@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "image/jpeg"])
@pytest.mark.parametrize("chunked", [False, True])
def test_ten_megabytes_are_refused(site, kind, chunked):
    body = chunks(TEN_MB) if chunked else TEN_MB
    try:
        answer = ask(site, "POST", "/sign-in/", body, Content_Type=kind)
    except (ConnectionError, OSError):
        return  # the answer is there before the body is, and the connection is closed
    assert answer.status == 413
    assert "never an image" in answer.body


@pytest.mark.parametrize("size", [1000, 200_000, 299_000])
def test_a_body_is_never_written_to_the_disk(site, size):
    """There is no place for one, so trying would be an error 500: see the next test."""
    answer = ask(site, "POST", "/sign-in/", MARK * (size // 64), Content_Type="image/jpeg")
    assert answer.status == 415


def test_with_a_smaller_buffer_it_would_be(site):
    """That the test above could fail."""
    text = (DEPLOY / "nginx" / "triage.conf").read_text()
    small = text.replace("client_body_buffer_size 300k", "client_body_buffer_size 1k")
    other = Site(site.folder, site.http + 1, site.https + 1, site.gunicorn)
    for place in ("bodies", "pages"):
        assert not (site.folder / place).exists()
    with nginx(other, small):
        answer = ask(other, "POST", "/sign-in/", MARK * 3000, Content_Type="image/jpeg")
    assert answer.status == 500


def test_http_1_0_is_refused(site):
    said = raw(tls(site), f"GET /sign-in/ HTTP/1.0\nHost: {HOST}\n\n")
    assert said.splitlines()[0].split()[1] == "505"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", ""])
def test_another_host_gets_no_answer(site, host):
    request = f"GET /sign-in/ HTTP/1.1\nHost: {host}\nConnection: close\n\n"
    said = raw(tls(site), request)
    # An empty name is no request at all, which nginx says itself.
    assert said == "" if host else said.startswith("HTTP/1.1 400")
    with socket.create_connection(("127.0.0.1", site.http), timeout=10) as sock:
        assert "Location" not in raw(sock, request)


def test_another_name_gets_no_certificate(site):
    with pytest.raises(OSError, match=r"(?i)unrecognized.name|handshake"):
        tls(site, "evil.example")


def test_old_tls_is_refused(site):
    ask_tls = ["openssl", "s_client", "-connect", f"127.0.0.1:{site.https}"]
    done = subprocess.run(
        [*ask_tls, "-servername", HOST, "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
    )
    assert done.returncode != 0


def logs(site: Site) -> str:
    return "".join(
        path.read_text(errors="replace")
        for path in site.folder.iterdir()
        if path.suffix in (".log", ".err")
    )


def test_logs_name_no_page_no_query_and_nobody(site):
    ask(site, "GET", "/cases/PLANTED-REFERENCE/?q=planted-words", Referer="https://x/planted-page")
    kept = (site.folder / "triage.log").read_text()
    assert re.search(r"^\S+ \d{3} GET [\d.]+ \d+ [0-9a-f]{32}$", kept, re.MULTILINE)
    assert "planted" not in logs(site).lower()
    assert "127.0.0.1" not in kept
    assert EMAIL not in logs(site)


def test_when_the_product_is_down_nginx_says_what_to_do(site):
    """The last here: it ends the server."""
    site.gunicorn.terminate()
    site.gunicorn.wait(timeout=30)
    answer = ask(site, "GET", "/cases/PLANTED-REFERENCE/")
    assert answer.status in (502, 504)
    assert "call 999" in answer.body
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "planted" not in logs(site).lower()


def test_nothing_of_any_body_is_on_the_disk(site):
    held = [path for path in site.folder.rglob("*") if path.is_file()]
    assert len(held) > 5
    found = [path for path in held if MARK.encode() in Path(path).read_bytes()]
    assert found == []
