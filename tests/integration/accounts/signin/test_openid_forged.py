"""Answers of a provider that somebody forged on the way, or that are another provider's."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import jwt
import pytest
import requests
from allauth.socialaccount.adapter import get_adapter
from cryptography.hazmat.primitives.asymmetric import rsa

from accounts import invitations
from accounts.roles import Role
from accounts.signin.openid import Adapter
from audit.recorder import SYSTEM
from tests.client import FormClient
from tests.factories.accounts import OrganisationFactory
from tests.integration.accounts.signin.people import is_signed_in
from tests.integration.accounts.signin.test_openid import SITE, START, link, there_and_back
from tests.openid.running import provider
from tests.openid.settings import use

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore::ResourceWarning")]
SECRET = "a-secret-for-tests-alone"


@pytest.fixture(scope="module")
def running():
    with provider(SITE) as started:
        yield started


@pytest.fixture
def linked(settings, running):
    """Somebody linked as "somebody", whom a forger would like to be."""
    use(settings, running.configured())
    invitation = invitations.invite(
        email="invited@school.example",
        name="Example Invited",
        roles=[Role.PRACTITIONER],
        organisation=OrganisationFactory(),
        by=SYSTEM,
    )
    return link(FormClient(), invitation)


def parts_of(token: str) -> tuple[dict[str, Any], dict[str, Any], str]:
    head, body, signature = token.split(".")
    return _read(head), _read(body), signature


def _read(part: str) -> dict[str, Any]:
    return dict(json.loads(urlsafe_b64decode(part + "==")))


def written(value: dict[str, Any]) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def named_otherwise(token: str) -> str:
    head, body, signature = parts_of(token)
    return f"{written(head)}.{written({**body, 'sub': 'somebody'})}.{signature}"


def unsigned(token: str) -> str:
    head, body, _ = parts_of(token)
    return f"{written({**head, 'alg': 'none'})}.{written({**body, 'sub': 'somebody'})}."


def signed_with_the_secret(token: str) -> str:
    head, body, _ = parts_of(token)
    headers = {"kid": head["kid"]}
    return jwt.encode({**body, "sub": "somebody"}, SECRET * 3, "HS256", headers)


def signed_by_another(token: str) -> str:
    head, body, _ = parts_of(token)
    key = rsa.generate_private_key(65537, 2048)
    headers = {"kid": head["kid"]}
    return jwt.encode({**body, "sub": "somebody"}, key, "RS256", headers)


def signed_by_a_key_that_it_names(token: str) -> str:
    _, body, _ = parts_of(token)
    key = rsa.generate_private_key(65537, 2048)
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    headers = {"kid": "mine", "jwk": public, "jku": "https://evil.example/keys"}
    return jwt.encode({**body, "sub": "somebody"}, key, "RS256", headers)


FORGERIES = [
    named_otherwise,
    unsigned,
    signed_with_the_secret,
    signed_by_another,
    signed_by_a_key_that_it_names,
    lambda token: "x.y.z",
    lambda token: "",
    lambda token: token.replace(".", ""),
]


@pytest.mark.parametrize("forge", FORGERIES)
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(linked, monkeypatch, forge):
    fetch = Adapter.get_access_token_data

    def tampered(self: Adapter, *args: Any, **kwargs: Any) -> Any:
        answer = fetch(self, *args, **kwargs)
        return {**answer, "id_token": forge(answer["id_token"])}

    monkeypatch.setattr(Adapter, "get_access_token_data", tampered)
    client = FormClient()
    assert there_and_back(client, "forger").status_code == 403
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-client"},
        {"aud": None},
        {"iss": "https://evil.example"},
        {"exp": 1},
        {"nbf": 2**33},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
    ],
    ids=str,
)
def test_a_signed_token_that_is_not_for_here_or_now_lets_nobody_in(linked, monkeypatch, claims):
    client = FormClient()
    assert with_a_key_of_the_providers(client, monkeypatch, claims).status_code == 403
    assert not is_signed_in(client)


def test_one_that_is_lets_in(linked, monkeypatch):
    client = FormClient()
    assert with_a_key_of_the_providers(client, monkeypatch, {}).status_code == 302
    assert client.session["_auth_user_id"] == str(linked.pk)


def with_a_key_of_the_providers(
    client: FormClient, monkeypatch: Any, claims: dict[str, Any]
) -> Any:
    """Somebody's own sign-in, with these claims in place of theirs (None: left out)."""
    key = rsa.generate_private_key(65537, 2048)
    monkeypatch.setattr(
        "allauth.socialaccount.internal.jwtkit.fetch_key",
        lambda *args: ("RS256", key.public_key()),
    )
    fetch = Adapter.get_access_token_data

    def signed_anew(self: Adapter, *args: Any, **kwargs: Any) -> Any:
        answer = fetch(self, *args, **kwargs)
        _, body, _ = parts_of(answer["id_token"])
        told = {name: value for name, value in {**body, **claims}.items() if value is not None}
        return {**answer, "id_token": jwt.encode(told, key, "RS256")}

    monkeypatch.setattr(Adapter, "get_access_token_data", signed_anew)
    return there_and_back(client, "somebody")


def test_a_provider_that_says_it_is_another_is_refused(linked, settings, running):
    """What is asked for at one address, and answers in the name of another."""
    one = running.configured()
    server = running.issuer + "/.well-known/openid-configuration?"
    use(settings, type(one)(**{**vars(one), "server": server}))
    answer = FormClient().post(START)
    assert answer.status_code == 403
    assert "did not work" in answer.content.decode() or "reached" in answer.content.decode()


def test_nothing_that_is_asked_of_a_provider_is_sent_elsewhere(running):
    """The provider leads whoever is not signed in on to a page: that is not followed."""
    session = get_adapter().get_requests_session()
    session.trust_env = False
    asked = "client_id=triage&response_type=code&scope=openid&code_challenge_method=S256"
    where = f"{running.issuer}/auth?{asked}&code_challenge={'x' * 43}"
    with pytest.raises(requests.TooManyRedirects):
        session.get(where)
