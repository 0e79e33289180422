"""Signing in with a real OpenID provider: for whoever an invitation linked, and nobody else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken

from accounts import invitations
from accounts.models import User
from accounts.roles import Role
from accounts.signin import actions
from audit.recorder import SYSTEM
from tests.client import FormClient
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.integration.accounts.signin.people import (
    acts,
    code,
    give_app,
    is_signed_in,
    sign_in,
)
from tests.openid.running import provider
from tests.openid.settings import use
from tests.openid.walk import sign_in_there
from tests.outbox import bodies

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
START, ANSWER = "/account/with/example/", "/account/with/example/answer/"


@pytest.fixture(scope="module")
def running():
    with provider(SITE) as started:
        yield started


@pytest.fixture(autouse=True)
def _configured(settings, running):
    use(settings, running.configured())


@pytest.fixture
def invitation():
    return invitations.invite(
        email="invited@school.example",
        name="Example Invited",
        roles=[Role.PRACTITIONER],
        organisation=OrganisationFactory(),
        by=SYSTEM,
    )


def open_link(client, invitation) -> None:
    client.get(invitations.path_of(invitation.pk))


def there_and_back(client, name: str, **fields: str):
    """Where the button leads, who one is there, and what our page answers to that."""
    sent = client.post(START, fields)
    assert sent.status_code == 302, sent.content.decode()
    return client.get(sign_in_there(sent.url, name, site=SITE).removeprefix(SITE))


def link(client, invitation, name: str = "somebody") -> User:
    open_link(client, invitation)
    assert there_and_back(client, name, invited="1").status_code == 302
    client.post("/sign-out/")
    return invitation.user


def test_an_invitation_links_the_account_and_it_signs_in_from_then_on(client, invitation):
    open_link(client, invitation)
    page = client.get("/invitation/").content.decode()
    assert "Continue with Example Login" in page
    answer = there_and_back(client, "somebody", invited="1")
    assert answer.url == "/"
    assert client.session["_auth_user_id"] == str(invitation.user_id)
    done = ["invitation.used", "provider.linked", "signed.in"]
    assert acts()[-3:] == done
    assert "An account with another service was linked" in bodies(invitation.user)
    again = FormClient()
    assert there_and_back(again, "somebody", next="/triage/start/").url == "/triage/start/"
    assert is_signed_in(again)


def test_a_stranger_with_the_same_address_is_refused(client, teacher):
    """The provider says that the address is verified, and that it is this teacher's."""
    answer = there_and_back(client, teacher.email)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Ask your manager for an invitation" in page
    assert teacher.email not in page
    assert not is_signed_in(client)
    assert acts() == ["provider.refused"]
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


def test_an_address_that_is_invited_is_not_enough_without_the_link(client, invitation):
    answer = there_and_back(client, "invited@school.example", invited="1")
    assert answer.status_code == 403
    assert User.objects.get(pk=invitation.user_id).is_invited


def test_an_invitation_withdrawn_meanwhile_links_nobody(client, invitation):
    open_link(client, invitation)
    sent = client.post(START, {"invited": "1"})
    back = sign_in_there(sent.url, "somebody", site=SITE)
    invitations.withdraw_invitation(user=invitation.user, by=SYSTEM)
    assert client.get(back.removeprefix(SITE)).status_code == 403
    assert not SocialAccount.objects.exists()


def test_an_account_is_linked_to_one_person(client, invitation):
    link(client, invitation)
    other = invitations.invite(
        email="other@school.example",
        name="Example Other",
        roles=[Role.PRACTITIONER],
        organisation=OrganisationFactory(),
        by=SYSTEM,
    )
    open_link(client, other)
    answer = there_and_back(client, "somebody", invited="1")
    assert answer.url == "/invitation/"
    assert "linked to somebody here already" in client.get("/invitation/").content.decode()
    assert User.objects.get(pk=other.user_id).is_invited
    assert not is_signed_in(client)


def test_whoever_is_deactivated_does_not_get_in(client, invitation):
    user = link(client, invitation)
    User.objects.filter(pk=user.pk).update(is_active=False)
    answer = there_and_back(client, "somebody")
    assert answer.status_code == 403
    assert "Your account is closed" in answer.content.decode()
    assert not is_signed_in(client)


def test_what_is_asked_for_and_nothing_of_it_is_kept(client, invitation, running):
    running.asked.clear()
    link(client, invitation, "name-at-the-provider")
    asked = parse_qs(urlsplit(client.post(START).url).query)
    assert asked["scope"] == ["openid"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["response_type"] == ["code"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(asked[name][0]) >= 16
    row = SocialAccount.objects.get()
    assert row.extra_data == {}
    assert "name-at-the-provider" not in row.uid
    assert not SocialToken.objects.exists()


def test_nothing_in_the_address_changes_what_is_asked_for(client):
    sent = client.post(f"{START}?scope=email&auth_params=prompt%3Dnone&process=connect")
    asked = parse_qs(urlsplit(sent.url).query)
    assert asked["scope"] == ["openid"]
    assert "prompt" not in asked


def test_an_answer_that_another_browser_got_is_worth_nothing(client, invitation):
    link(client, invitation)
    back = sign_in_there(client.post(START).url, "somebody", site=SITE).removeprefix(SITE)
    thief = FormClient()
    thief.post(START)
    answer = thief.get(back)
    assert answer.status_code == 403
    assert "did not work" in answer.content.decode()
    assert not is_signed_in(thief)


def test_an_answer_counts_once(client, invitation):
    link(client, invitation)
    back = sign_in_there(client.post(START).url, "somebody", site=SITE).removeprefix(SITE)
    assert client.get(back).status_code == 302
    client.post("/sign-out/")
    assert client.get(back).status_code == 403
    assert not is_signed_in(client)


def test_an_answer_to_another_nonce_is_refused(client, invitation, monkeypatch):
    link(client, invitation)
    back = sign_in_there(client.post(START).url, "somebody", site=SITE).removeprefix(SITE)
    monkeypatch.setattr("accounts.signin.openid.nonce_of", lambda verifier: "another")
    before = len(acts())
    assert client.get(back).status_code == 403
    assert acts()[before:] == ["provider.refused"]
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "query", ["", "?error=access_denied", "?code=x", "?code=x&state=y", "?state=%00&code=%ff"]
)
def test_nonsense_for_an_answer_gets_a_page(client, query):
    client.post(START)
    answer = client.get(ANSWER + query)
    assert answer.status_code == 403
    assert acts() == ["provider.refused"]
    assert "Try again" in answer.content.decode()


def test_a_provider_that_cannot_be_reached_gets_a_page(client, settings, running):
    gone = running.configured()
    use(settings, type(gone)(**{**vars(gone), "server": "http://127.0.0.1:9"}))
    answer = client.post(START)
    assert answer.status_code == 403
    assert "cannot be reached" in answer.content.decode()


def test_one_that_is_not_configured_is_not_there(client):
    assert client.post("/account/with/another/").status_code == 404
    assert client.get("/account/with/another/answer/").status_code == 404
    assert client.get(START).status_code == 405


def test_forms_may_lead_to_the_provider_and_nowhere_else(client, running):
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    (allowed,) = [part.strip() for part in policy.split(";") if "form-action" in part]
    assert allowed == f"form-action 'self' {running.issuer}"


def test_the_second_step_is_still_asked_for(client, invitation):
    give_app(link(client, invitation))
    answer = there_and_back(client, "somebody")
    assert answer.url == "/account/second-step/"
    assert not is_signed_in(client)


def test_but_not_where_the_provider_asks_for_one(client, invitation, settings, running, guidance):
    user = link(client, invitation)
    use(settings, running.configured(mfa=True))
    give_app(user)
    assert there_and_back(client, "somebody").url == "/"
    client.post("/sign-out/")
    actions.reset_second_factor(user=user, by=SYSTEM)
    settings.REQUIRE_MFA = True
    user.roles_held.create(role=Role.DSL)
    there_and_back(client, "somebody")
    assert client.get("/cases/").status_code == 200
    use(settings, running.configured(mfa=False))
    assert client.get("/cases/").url == "/account/"


def test_whoever_has_no_password_confirms_at_the_provider(client, invitation):
    link(client, invitation)
    there_and_back(client, "somebody")
    assert "Continue with Example Login" in client.get("/account/confirm/").content.decode()
    sent = client.post(START, {"next": "/account/app/"})
    assert parse_qs(urlsplit(sent.url).query)["prompt"] == ["login"]
    back = sign_in_there(sent.url, "somebody", site=SITE)
    assert client.get(back.removeprefix(SITE)).url == "/account/app/"
    assert acts()[-1] == "who.confirmed"


def test_whoever_has_a_second_factor_does_not_confirm_at_a_provider_that_asks_for_none(
    client, invitation, settings, running
):
    """A browser is left open, here and there: it must not be enough to change how one signs in."""
    give_app(link(client, invitation))
    there_and_back(client, "somebody")
    client.post("/account/second-step/", {"code": code()})
    assert "Example Login" not in client.get("/account/confirm/").content.decode()
    assert there_and_back(client, "somebody", next="/account/app/").url == "/account/confirm/"
    assert acts()[-1] == "provider.refused"
    use(settings, running.configured(mfa=True))
    assert there_and_back(client, "somebody", next="/account/app/").url == "/account/app/"


def test_confirming_as_somebody_else_is_refused(client, invitation, teacher):
    link(client, invitation)
    sign_in(client, teacher)
    assert there_and_back(client, "somebody").status_code == 403
    assert client.session["_auth_user_id"] == str(teacher.pk)


def test_the_only_way_in_is_not_removed_and_another_is(client, invitation):
    user = link(client, invitation)
    there_and_back(client, "somebody")
    path = f"/account/linked/{SocialAccount.objects.get().pk}/remove/"
    answer = client.post(path)
    assert answer.status_code == 422
    assert "could not sign in any more" in answer.content.decode()
    user.refresh_from_db()
    user.set_password("three-odd-words-together")
    user.save()
    here = FormClient()
    there_and_back(here, "somebody")
    assert here.post(path).url == "/account/"
    assert not SocialAccount.objects.exists()
    assert acts()[-1] == "provider.unlinked"


def test_the_only_way_in_is_one_that_is_configured(client, invitation):
    """Another link is no way in, once its provider is gone from the settings."""
    user = link(client, invitation)
    SocialAccount.objects.create(user=user, provider="gone", uid="x")
    there_and_back(client, "somebody")
    linked = SocialAccount.objects.get(provider="example")
    assert client.post(f"/account/linked/{linked.pk}/remove/").status_code == 422
    assert SocialAccount.objects.filter(pk=linked.pk).exists()


def test_a_link_of_somebody_elses_is_not_there(client, invitation):
    link(client, invitation)
    sign_in(client, UserFactory(roles=[Role.PRACTITIONER]))
    path = f"/account/linked/{SocialAccount.objects.get().pk}/remove/"
    assert client.post(path).status_code == 404
