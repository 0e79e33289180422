"""The production server as it is: HTTPS on, hashed static files, a probe from the same machine."""

import re

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
