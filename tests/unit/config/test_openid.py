"""OIDC_PROVIDERS: what is understood, and what stops the start."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import openid

GOOD = {
    "id": "example",
    "name": "Example Login",
    "server": "https://login.example/tenant/v2.0/",
    "client_id": "triage",
    "secret": "the-secret-itself",
}


def read(*entries: object, plain_http: bool = False) -> tuple[openid.Provider, ...]:
    return openid.providers(json.dumps(entries), plain_http=plain_http)


def test_none_is_the_default():
    assert openid.providers("[]", plain_http=False) == ()
    assert openid.for_allauth(())["openid_connect"]["APPS"] == []
    assert openid.origins(()) == []


def test_one_is_understood_and_is_no_second_factor_unless_it_says_so():
    (found,) = read(GOOD)
    assert (found.id, found.name, found.mfa) == ("example", "Example Login", False)
    (trusted,) = read({**GOOD, "mfa": True})
    assert trusted.mfa is True


def test_forms_may_lead_to_its_origin_and_to_those_it_names():
    found = read({**GOOD, "origins": ["https://school.example/sign-in"]})
    assert openid.origins(found) == ["https://login.example", "https://school.example"]


def test_allauth_is_told_the_same():
    (app,) = openid.for_allauth(read(GOOD))["openid_connect"]["APPS"]
    assert app["provider_id"] == "example"
    assert app["secret"] == "the-secret-itself"
    assert app["settings"]["server_url"] == "https://login.example/tenant/v2.0"
    assert app["settings"]["fetch_userinfo"] is False


@pytest.mark.parametrize(
    "change",
    [
        {"id": "Example"},
        {"id": "a/b"},
        {"id": ""},
        {"name": ""},
        {"secret": 5},
        {"mfa": "yes"},
        {"origins": "https://login.example"},
        {"origins": [1]},
        {"server": "http://login.example"},
        {"server": "http://127.0.0.1:9000"},
        {"server": "login.example"},
        {"server": "https://"},
        {"origins": ["https://login.example; script-src *"]},
        {"origins": ["https://login.example *"]},
        {"origins": ["https://*.example"]},
        {"another": 1},
    ],
)
def test_what_is_wrong_stops_the_start_and_no_value_is_repeated(change):
    with pytest.raises(ImproperlyConfigured) as raised:
        read({**GOOD, **change})
    assert "OIDC_PROVIDERS" in str(raised.value)
    assert "the-secret-itself" not in str(raised.value)


@pytest.mark.parametrize("given", ["{", "{}", "[1]", '"x"', "null"])
def test_so_does_what_is_no_list(given):
    with pytest.raises(ImproperlyConfigured):
        openid.providers(given, plain_http=False)


def test_so_do_two_of_one_id():
    with pytest.raises(ImproperlyConfigured):
        read(GOOD, GOOD)


def test_plain_http_is_for_this_machine_in_the_demo_alone():
    assert read({**GOOD, "server": "http://127.0.0.1:9000"}, plain_http=True)
    with pytest.raises(ImproperlyConfigured):
        read({**GOOD, "server": "http://login.example"}, plain_http=True)
