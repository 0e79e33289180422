"""The server refuses to start with a mail server but no address for the links."""

import pytest

from outbox.checks import links_lead_here


@pytest.mark.parametrize(
    ("host", "site", "found"),
    [
        ("mail.example", "", ["outbox.E001"]),
        ("mail.example", "https://triage.example", []),
        ("", "", []),
    ],
)
def test_a_mail_server_needs_an_address_for_the_links(settings, host, site, found):
    settings.EMAIL_HOST, settings.SITE_URL = host, site
    assert [message.id for message in links_lead_here()] == found
