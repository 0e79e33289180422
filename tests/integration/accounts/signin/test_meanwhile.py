"""What somebody else does while a sign-in, a link or a session is under way."""

import pytest

from accounts.people import deactivate
from accounts.roles import Role
from accounts.signin import actions
from audit.recorder import SYSTEM
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.integration.accounts.signin.people import (
    code,
    give_app,
    is_signed_in,
    password_step,
    secret_on,
)

pytestmark = pytest.mark.django_db


def test_who_waited_with_the_password_alone_is_out_once_there_is_a_second_factor(
    client, lead, settings
):
    """Else whoever knows the password would wait, signed in, until somebody passed it for them."""
    settings.REQUIRE_MFA = True
    waiting = FormClient()
    password_step(waiting, lead)
    assert waiting.get("/").url == "/account/"
    password_step(client, lead)
    secret = secret_on(client.get("/account/app/").content.decode())
    assert client.post("/account/app/", {"code": code(secret)}).status_code == 302
    assert client.get("/account/").status_code == 200
    assert waiting.get("/").url == "/sign-in/?next=/"


def password_again(user):
    actions.reset_password(user=user, password="another-Long-horse-1", by=user)


def out_everywhere(user):
    actions.sign_out_everywhere(user=user, by=user)


def closed(user):
    UserFactory(organisation=user.organisation, roles=[Role.MANAGER])
    deactivate(user=user, by=SYSTEM)


def factor_taken_off(user):
    actions.reset_second_factor(user=user, by=SYSTEM)


@pytest.mark.parametrize("act", [password_again, out_everywhere, closed, factor_taken_off])
def test_a_sign_in_that_waits_for_its_second_step_ends_with_the_sessions(client, teacher, act):
    give_app(teacher)
    password_step(client, teacher)
    act(teacher)
    answer = client.post("/account/second-step/", {"code": code()}, follow=True)
    assert not is_signed_in(client)
    assert answer.request["PATH_INFO"] == "/sign-in/"
    assert answer.status_code == 200


def test_who_lost_the_telephone_can_begin_again_once_it_is_reset(client, teacher):
    """The second step stands open in a tab while the manager is on the telephone."""
    give_app(teacher)
    password_step(client, teacher)
    factor_taken_off(teacher)
    assert client.get("/account/second-step/", follow=True).status_code == 200
    password_step(client, teacher)
    assert is_signed_in(client)
