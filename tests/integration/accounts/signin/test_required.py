"""Who must have a second factor, and that nothing else opens until they do."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.roles import Role
from accounts.signin import actions
from accounts.signin.middleware import SETTING_UP
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.integration.accounts.signin.people import (
    code,
    give_app,
    password_step,
    secret_on,
    sign_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_MFA = True


@pytest.fixture
def lead_without(client, lead):
    """Signed in by password alone."""
    password_step(client, lead)
    return client


PAGES = ["/", "/cases/", "/triage/start/", "/guidance/", "/account/password/", "/sign-in/"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_setting_one_up(lead_without, guidance, path):
    assert lead_without.get(path).url == "/account/"
    assert lead_without.post(path).url == "/account/"


def test_of_all_addresses_only_those_of_setting_one_up_open(lead_without, guidance):
    """All that need no number or name in them; those that do go through the same middleware."""
    opened, led = set(), set()
    for name in {name for name in get_resolver().reverse_dict if isinstance(name, str)}:
        try:
            path = reverse(name)
        except NoReverseMatch:
            continue
        if name == "account_logout":
            continue
        answer = lead_without.get(path)
        is_led = answer.status_code == 302 and answer.url == "/account/"
        (led if is_led and name != "security" else opened).add(name)
    assert opened <= SETTING_UP
    assert len(led) > 10
    assert {"home", "cases", "change_password", "account_login"} <= led


def test_they_are_told_why_and_what_to_do(lead_without):
    page = lead_without.get("/account/").content.decode()
    assert "Set up a second factor before you go on." in page
    assert "Change your password" not in page


def test_they_can_sign_out(lead_without):
    assert lead_without.post("/sign-out/").url == "/sign-in/"


def test_once_it_is_set_up_everything_opens(lead_without, guidance):
    secret = secret_on(lead_without.get("/account/app/").content.decode())
    assert lead_without.post("/account/app/", {"code": code(secret)}).status_code == 302
    assert lead_without.get("/cases/").status_code == 200


def test_a_practitioner_needs_none_and_whoever_is_more_needs_one(teacher, guidance, client):
    sign_in(client, teacher)
    assert client.get("/").status_code == 200
    for role in (Role.DSL, Role.DEPUTY, Role.MANAGER):
        here = FormClient()
        sign_in(here, UserFactory(roles=[role, Role.PRACTITIONER]))
        assert here.get("/").url == "/account/"
    for role in (Role.GUIDANCE_EDITOR, Role.OPERATOR):
        here = FormClient()
        sign_in(here, UserFactory(roles=[role], organisation=None))
        assert here.get("/").url == "/account/"


def test_the_last_one_stays(client, lead, guidance):
    factor = give_app(lead)
    sign_in(client, lead)
    page = client.get(f"/account/factors/{factor.pk}/remove/").content.decode()
    assert "Set up another one first" in page
    answer = client.post(f"/account/factors/{factor.pk}/remove/")
    assert answer.status_code == 422
    assert Authenticator.objects.filter(pk=factor.pk).exists()
    with pytest.raises(ValidationError):
        actions.remove_factor(factor=factor, by=lead)


def test_one_of_two_may_go(client, lead):
    factor = give_app(lead)
    actions.add_passkey(user=lead, name="Another", credential={}, by=lead)
    actions.remove_factor(factor=factor, by=lead)
    assert Authenticator.objects.filter(user=lead).count() == 2  # and the recovery codes


def test_after_a_reset_the_next_sign_in_sets_up_a_new_one(client, lead, guidance):
    give_app(lead)
    actions.reset_second_factor(user=lead, by=UserFactory(roles=[Role.MANAGER]))
    password_step(client, lead)
    assert client.get("/cases/").url == "/account/"


def test_where_it_is_not_required_a_password_is_enough(client, lead, guidance, settings):
    settings.REQUIRE_MFA = False
    sign_in(client, lead)
    assert client.get("/cases/").status_code == 200
