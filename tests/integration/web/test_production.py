"""The production server as it is: HTTPS on, hashed static files, a probe from the same machine."""

import re
import socket
from urllib.parse import urlsplit

import pytest

from tests.integration.web.processes import OWN_KEY, SERVER, fetch, prepare, run, serving

KEY = {"SECRET_KEY": OWN_KEY}
PREPARE = ("migrate", "load_guidance", "collectstatic --no-input")
THROUGH_PROXY = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Made by nobody: the embedded database makes its own folder."""
    return prepare(tmp_path_factory.mktemp("production") / "not" / "there", *PREPARE, **KEY)


@pytest.fixture(scope="module")
def site(folder):
    given = {"ALLOWED_HOSTS": "127.0.0.1", "BEHIND_PROXY": "yes", **KEY}
    with serving(folder, *SERVER, **given) as address:
        yield address


def test_the_folder_of_the_embedded_database_is_for_the_server_alone(folder):
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "triage.sqlite3").exists()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_probe_on_this_machine_needs_no_https(site, path):
    status, _, body = fetch(site + path)
    assert status == 200
    assert '"status": "ok"' in body


@pytest.mark.parametrize("path", ["/sign-in/", "/healthz/x", "/x/healthz", "/"])
def test_every_other_address_is_sent_to_https(site, path):
    status, headers, _ = fetch(site + path)
    assert status == 301
    assert headers["Location"] == site.replace("http:", "https:") + path


def test_a_page_over_https_binds_this_host_alone_and_its_cookies_are_secure(site):
    status, headers, _ = fetch(f"{site}/sign-in/", **THROUGH_PROXY)
    assert status == 200
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    cookies = headers.get_all("Set-Cookie")
    assert [cookie.split("=")[0] for cookie in cookies] == ["__Host-csrftoken"]
    (cookie,) = cookies
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_both_cookies_are_of_this_host_alone(tmp_path):
    """A browser takes a `__Host-` cookie from this host, over HTTPS, and from nobody else."""
    names = "print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)"
    script = f"from config import settings; {names}"
    assert run(tmp_path, "-c", script, **KEY).stdout.split() == [
        "__Host-sessionid",
        "__Host-csrftoken",
    ]
    # A browser would refuse that name without HTTPS, and nobody could sign in to the demo.
    assert run(tmp_path, "-c", script, DEMO="yes").stdout.split() == ["sessionid", "csrftoken"]


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "PATH_INFO"])
def test_no_header_moves_the_site_to_another_address(site, name):
    """A proxy may pass on what a stranger sends: that must not change where links lead."""
    status, _, page = fetch(f"{site}/sign-in/", **THROUGH_PROXY, **{name: "/planted"})
    assert "planted" not in page
    assert status == 200


def test_the_stylesheet_is_named_after_its_content_and_may_be_kept(site):
    _, _, page = fetch(f"{site}/sign-in/", **THROUGH_PROXY)
    names = re.findall(r'href="(/static/build/app\.[0-9a-f]{12}\.css)"', page)
    assert len(names) == 1
    status, headers, style = fetch(site + names[0], **THROUGH_PROXY)
    assert status == 200
    assert ".govuk-button" in style
    assert "immutable" in headers["Cache-Control"]


def test_subdomains_are_bound_where_that_was_asked_for(folder):
    given = {"ALLOWED_HOSTS": "127.0.0.1", "BEHIND_PROXY": "yes", "HSTS_SUBDOMAINS": "yes", **KEY}
    with serving(folder, *SERVER, **given) as site:
        _, headers, _ = fetch(f"{site}/sign-in/", **THROUGH_PROXY)
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize(
    "path",
    ["/.git/config", "/static/", "/static/build/", "/static/../config/settings.py", "/admin/"],
)
def test_only_what_is_meant_to_be_seen_is_served(site, path):
    status, _, page = fetch(site + path, **THROUGH_PROXY)
    assert status == 404
    assert "app.css" not in page.replace("build/app.", "")
    assert "SECRET_KEY" not in page


def test_a_proxy_that_is_not_declared_says_nothing_about_https(folder):
    """Else whoever sends that header would get pages, and cookies, in the clear."""
    with serving(folder, *SERVER, ALLOWED_HOSTS="127.0.0.1", **KEY) as site:
        for header in ("X-Forwarded-Proto", "X-Forwarded-Protocol", "X-Forwarded-Ssl"):
            for value in ("https", "ssl", "on"):
                assert fetch(f"{site}/sign-in/", **{header: value})[0] == 301


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Content-Length: 4\r\nContent-Length: 40",
        "Content-Length: +4",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
    ],
)
def test_a_request_whose_end_is_in_doubt_is_refused_and_no_second_one_is_read(site, lengths):
    body = "0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    head = f"POST /sign-in/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Proto: https\r\n{lengths}"
    kind = "Content-Type: application/x-www-form-urlencoded"
    answer = raw(site, f"{head}\r\n{kind}\r\n\r\n{body}")
    assert re.findall(r"^HTTP/1.1 (\d+)", answer, re.MULTILINE) in (["400"], ["415"], ["501"])
    assert '"status": "ok"' not in answer


def raw(site: str, request: str) -> str:
    """All that comes back for these bytes, until the server closes or has no more to say."""
    parts = urlsplit(site)
    with socket.create_connection((parts.hostname, parts.port), timeout=3) as connection:
        connection.sendall(request.encode())
        got = b""
        try:
            while more := connection.recv(65536):
                got += more
        except TimeoutError:
            pass
    return got.decode()
