"""What is looked at before anything is served, setting by setting."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from web.checks import (
    database_is_closed_to_others,
    database_is_reached_safely,
    hosts_are_named,
    keys_are_closed_to_others,
    links_are_https,
    mail_is_encrypted,
)


@pytest.mark.parametrize(
    ("https", "site", "found"),
    [
        (True, "http://triage.example", ["web.E005"]),
        (True, "HTTP://triage.example", ["web.E005"]),
        (True, "https://triage.example", []),
        (True, "", []),
        (False, "http://127.0.0.1:8000", []),
    ],
)
def test_links_of_mail_lead_to_https_where_pages_do(settings, https, site, found):
    """A link may hold a one-time token: it must not travel once in the clear to be redirected."""
    settings.HTTPS, settings.SITE_URL = https, site
    assert [message.id for message in links_are_https()] == found


@pytest.mark.parametrize(
    ("hosts", "found"),
    [
        (["*"], ["web.E006"]),
        (["triage.example", "*"], ["web.E006"]),
        (["triage.example", "127.0.0.1"], []),
    ],
)
def test_a_stranger_does_not_choose_the_host(settings, hosts, found):
    settings.ALLOWED_HOSTS = hosts
    assert [message.id for message in hosts_are_named()] == found


@pytest.mark.parametrize(
    ("host", "tls", "found"),
    [
        ("mail.example", False, ["web.W001"]),
        ("mail.example", True, []),
        ("127.0.0.1", False, []),
        ("localhost", False, []),
        ("", False, []),
    ],
)
def test_mail_in_the_clear_is_warned_of(settings, host, tls, found):
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS = host, tls
    assert [message.id for message in mail_is_encrypted()] == found


@pytest.mark.parametrize(
    ("host", "options", "found"),
    [
        ("db.example", {}, ["web.E007"]),
        ("db.example", {"sslmode": "verify-full"}, []),
        ("db.example", {"sslmode": "disable"}, []),  # said in so many words
        ("127.0.0.1", {}, []),
        ("/run/postgresql", {}, []),
        ("", {}, []),
    ],
)
def test_a_database_elsewhere_is_not_trusted_by_default(
    settings, monkeypatch, host, options, found
):
    """Without `sslmode` the client takes any certificate, or none."""
    monkeypatch.setitem(settings.DATABASES, "default", {"HOST": host, "OPTIONS": options})
    assert [message.id for message in database_is_reached_safely()] == found


@pytest.fixture
def database(settings, monkeypatch):
    """An embedded database in a folder that others get to: those of pytest are for it alone."""
    settings.DEMO = False
    with TemporaryDirectory(dir="/tmp") as folder:
        file = Path(folder) / "triage.sqlite3"
        file.touch()
        given = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}
        monkeypatch.setitem(settings.DATABASES, "default", given)
        yield file


@pytest.mark.parametrize(
    ("folder", "file", "found"),
    [
        (0o700, 0o644, []),
        (0o750, 0o644, []),
        (0o755, 0o600, []),
        (0o755, 0o644, ["web.E008"]),
        (0o711, 0o604, ["web.E008"]),
        (0o755, 0o602, ["web.E008"]),
    ],
)
def test_a_database_that_everybody_on_the_machine_can_open_is_refused(
    database, folder, file, found
):
    database.chmod(file)
    database.parent.chmod(folder)
    assert [message.id for message in database_is_closed_to_others()] == found


def test_one_that_is_not_there_yet_and_that_of_the_demo_are_let_be(database, settings):
    database.parent.chmod(0o755)
    settings.DEMO = True
    assert database_is_closed_to_others() == []
    settings.DEMO = False
    database.unlink()
    assert database_is_closed_to_others() == []


def test_a_key_that_everybody_on_the_machine_can_read_is_warned_of(monkeypatch, tmp_path):
    names = ("SECRET_KEY", "MFA_KEY", "EMAIL_HOST_PASSWORD", "OIDC_PROVIDERS", "DATABASE_URL")
    for name in names:
        (tmp_path / name).write_text("secret")
        (tmp_path / name).chmod(0o640)
        monkeypatch.setenv(f"{name}_FILE", str(tmp_path / name))
    assert keys_are_closed_to_others() == []
    for name in names:
        (tmp_path / name).chmod(0o644)
        (found,) = keys_are_closed_to_others()
        assert (found.id, name in found.msg, "secret" in found.msg) == ("web.W002", True, False)
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "none"))
    assert keys_are_closed_to_others() == []
