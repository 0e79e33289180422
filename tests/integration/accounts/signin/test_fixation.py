"""A session that somebody planted, or saw before the sign-in was through, is worth nothing."""

import pytest

from accounts import invitations
from accounts.invitations import invite
from accounts.roles import Role
from accounts.signin.views.passwords import path_of
from audit.recorder import SYSTEM
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


def test_a_link_is_remembered_in_a_session_that_nobody_planted(client, teacher):
    """Whoever knows the session's name before could else use the link in the other's place."""
    teacher_path = path_of(str(teacher.pk))
    invited = invite(
        email="invited@school.example",
        name="Example Invited",
        roles=[Role.PRACTITIONER],
        organisation=teacher.organisation,
        by=SYSTEM,
    )
    for path, page in (
        (teacher_path, "/account/new-password/"),
        (invitations.path_of(invited.pk), "/invitation/"),
    ):
        onlooker = FormClient()
        onlooker.get("/account/passkey/")
        client.cookies["sessionid"] = onlooker.cookies["sessionid"].value
        assert client.get(path).url == page
        assert client.get(page).status_code == 200
        assert onlooker.get(page).status_code == 404
