"""What a session is called, and signing out: from every page, and for good."""

import re

import pytest

from tests.client import FORM, FormClient
from tests.factories.referrals import make_case

pytestmark = pytest.mark.django_db
BUTTON = 'action="/sign-out/"'


def test_the_name_of_a_session_cannot_be_guessed(client, practitioner):
    """36 letters and digits to the power of 32 are more than 165 bits."""
    names = set()
    for _ in range(3):
        client.force_login(practitioner)
        names.add(client.cookies["sessionid"].value)
        client.cookies.clear()
    assert len(names) == 3
    assert all(re.fullmatch("[a-z0-9]{32}", name) for name in names)


def test_a_cookie_that_was_kept_is_worth_nothing_after_signing_out(client, practitioner, guidance):
    client.force_login(practitioner)
    thief = FormClient()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert practitioner.name in thief.get("/").content.decode()
    client.post("/sign-out/", "", content_type=FORM)
    response = thief.get("/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/")


def test_every_page_of_somebody_signed_in_has_the_button(client, practitioner, dsl, guidance):
    case = make_case(practitioner)
    client.force_login(dsl)
    of_case = [f"/cases/{case.reference}/{page}" for page in ("", "chronology/", "review/")]
    for path in ["/", "/cases/", "/guidance/", "/triage/start/", "/no-such-page/", *of_case]:
        assert client.get(path).content.decode().count(BUTTON) == 1, path
