"""What is left in the browser: the session's cookie, the one against forged forms, and no more."""

import pytest

from tests.client import FORM

pytestmark = pytest.mark.django_db


def test_what_a_page_says_once_is_kept_in_the_session_and_in_no_cookie(client, practitioner):
    client.force_login(practitioner)
    response = client.post("/sign-out/", "", content_type=FORM)
    assert set(client.cookies) <= {"sessionid", "csrftoken"}
    assert "You have signed out." in client.get(response["Location"]).content.decode()
    assert "You have signed out." not in client.get(response["Location"]).content.decode()
    assert set(client.cookies) == {"sessionid", "csrftoken"}
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
        assert cookie["domain"] == ""
