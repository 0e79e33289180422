"""What is looked at before anything is served, setting by setting."""

import pytest

from web.checks import (
    database_is_reached_safely,
    hosts_are_named,
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
