"""Taking a lost second factor off somebody's account, in the browser and at the command line."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.roles import Role
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.integration.accounts.signin.people import acts, give_app, password_step, sign_in
from tests.outbox import bodies

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(lead):
    return UserFactory(organisation=lead.organisation, roles=[Role.MANAGER])


@pytest.fixture
def here(client, manager):
    sign_in(client, manager)
    return client


def page_of(user) -> str:
    return f"/organisation/people/{user.pk}/second-factor/"


def has_one(user) -> bool:
    return Authenticator.objects.filter(user=user).exists()


def test_a_manager_resets_it_after_confirming_who_they_are(here, lead):
    give_app(lead)
    theirs = FormClient()
    sign_in(theirs, lead)
    assert page_of(lead) in here.get(f"/organisation/people/{lead.pk}/").content.decode()
    assert "Be sure that" in here.get(page_of(lead)).content.decode()
    assert has_one(lead)
    assert here.post(page_of(lead)).url == f"/organisation/people/{lead.pk}/"
    assert not has_one(lead)
    assert theirs.get("/account/").url == "/sign-in/?next=/account/"
    assert "taken off your account" in bodies(lead)
    assert acts()[-1] == "factors.reset"
    assert password_step(theirs, lead).url == "/"


def test_a_session_alone_is_not_enough(client, manager, lead):
    give_app(lead)
    client.force_login(manager)  # signed in, by no step that is noted as recent
    for ask in (client.get, client.post):
        assert ask(page_of(lead)).url == f"/account/confirm/?next={page_of(lead)}"
    assert has_one(lead)


def test_nobody_resets_their_own(client, manager):
    give_app(manager)
    sign_in(client, manager)
    for ask in (client.get, client.post):
        assert "cannot do this for yourself" in ask(page_of(manager)).content.decode()
    assert has_one(manager)


def test_people_of_another_organisation_are_not_there(here, teacher):
    give_app(teacher)
    assert here.post(page_of(teacher)).status_code == 404
    assert has_one(teacher)


def test_a_lead_may_not(client, lead, manager):
    give_app(manager)
    sign_in(client, lead)
    assert client.post(page_of(manager)).status_code == 403
    assert has_one(manager)


def test_an_operator_resets_a_managers_and_no_lead_s(client, manager, lead):
    operator = UserFactory(organisation=None, roles=[Role.OPERATOR])
    sign_in(client, operator)
    for user in (manager, lead):
        give_app(user)
    start = f"/service/organisations/{lead.organisation_id}/"
    path = f"{start}managers/{manager.pk}/second-factor/"
    assert path in client.get(start).content.decode()
    assert client.post(path).url == start
    assert not has_one(manager)
    assert client.post(path.replace(str(manager.pk), str(lead.pk))).status_code == 404
    assert has_one(lead)


def test_at_the_command_line_when_nobody_else_can(lead, capsys):
    give_app(lead)
    call_command("reset_second_factor", lead.email.upper())
    assert not has_one(lead)
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "nobody@school.example")
