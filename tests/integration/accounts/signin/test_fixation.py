"""A session that somebody planted, or saw before the sign-in was through, is worth nothing."""

import pytest

from tests.client import FormClient
from tests.integration.accounts.signin.people import code, give_app, is_signed_in, password_step

pytestmark = pytest.mark.django_db


def test_with_the_second_step_the_session_gets_another_name(client, teacher):
    give_app(teacher)
    password_step(client, teacher)
    before = client.cookies["sessionid"].value
    onlooker = FormClient()
    onlooker.cookies["sessionid"] = before
    assert onlooker.get("/account/second-step/").status_code == 200
    client.post("/account/second-step/", {"code": code()})
    assert is_signed_in(client)
    assert client.cookies["sessionid"].value != before
    assert onlooker.get("/").url == "/sign-in/?next=/"
    assert onlooker.get("/account/second-step/").status_code == 302
    assert not is_signed_in(onlooker)
