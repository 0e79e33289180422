"""Changing how one signs in asks once more who one is."""

import time

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.factories.accounts import PASSWORD
from tests.integration.accounts.signin.people import (
    acts,
    code,
    give_app,
    password_step,
    sign_in,
    wrong_code,
)

pytestmark = pytest.mark.django_db
ASKED = ["/account/app/", "/account/passkeys/add/", "/account/recovery-codes/"]


def a_while_later(client, seconds: int = 11 * 60) -> None:
    """As if they had signed in so long ago."""
    session = SessionStore(client.session.session_key)
    for each in session["account_authentication_methods"]:
        each["at"] = time.time() - seconds
    session.save()


@pytest.mark.parametrize("path", ASKED)
def test_a_while_after_signing_in_it_is_asked(client, teacher, path):
    give_app(teacher)
    sign_in(client, teacher)
    a_while_later(client)
    assert client.get(path).url == f"/account/confirm/?next={path}"


def test_what_was_posted_too_late_is_said_to_be_lost(client, teacher):
    factor = give_app(teacher)
    sign_in(client, teacher)
    a_while_later(client)
    path = f"/account/factors/{factor.pk}/remove/"
    assert client.post(path).url == f"/account/confirm/?next={path}%3Fagain%3D1"
    assert "factor.removed" not in acts()


def test_the_password_is_enough_without_a_second_factor(client, teacher):
    sign_in(client, teacher)
    a_while_later(client)
    answer = client.post("/account/confirm/", {"password": "wrong", "next": "/account/app/"})
    assert "The password is not right" in answer.content.decode()
    assert client.get("/account/app/").status_code == 302
    answer = client.post("/account/confirm/", {"password": PASSWORD, "next": "/account/app/"})
    assert answer.url == "/account/app/"
    assert client.get("/account/app/").status_code == 200
    assert acts() == ["signed.in", "sign_in.failed", "who.confirmed"]


def test_with_a_second_factor_the_password_is_not_enough(client, teacher):
    give_app(teacher)
    sign_in(client, teacher)
    a_while_later(client)
    page = client.get("/account/confirm/").content.decode()
    assert 'name="password"' not in page
    client.post("/account/confirm/", {"password": PASSWORD})
    client.post("/account/confirm/", {"code": wrong_code()})
    assert client.get("/account/recovery-codes/").status_code == 302
    assert acts()[-1] == "second_step.failed"
    client.post("/account/confirm/", {"code": code(later=1)})
    assert client.get("/account/recovery-codes/").status_code == 200


def test_whoever_wanted_new_codes_comes_back_to_the_button(client, teacher):
    give_app(teacher)
    sign_in(client, teacher)
    a_while_later(client)
    asked = client.post("/account/recovery-codes/new/")
    page = client.get(asked.url).context["next"]
    back = client.post("/account/confirm/", {"code": code(later=1), "next": page}, follow=True)
    text = back.content.decode()
    assert "Not saved, because you had to sign in again." in text
    assert "Make new codes" in text
    assert "recovery_codes.made" not in acts()


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example/", "javascript:x"])
def test_it_never_leads_away(client, teacher, evil):
    sign_in(client, teacher)
    answer = client.post("/account/confirm/", {"password": PASSWORD, "next": evil})
    assert answer.url == "/account/"


def test_another_persons_confirmation_does_not_count(client, teacher, lead):
    """What the session keeps belongs to one person, whoever signs in there next."""
    sign_in(client, teacher)
    client.force_login(lead)
    assert client.get("/account/app/").url == "/account/confirm/?next=/account/app/"


def test_a_stranger_is_asked_to_sign_in(client, teacher):
    for path in ("/account/", "/account/confirm/", *ASKED):
        assert client.get(path).url == f"/sign-in/?next={path}"
        if path not in ("/account/", "/account/recovery-codes/"):
            assert client.post(path).url == f"/sign-in/?next={path}%3Fagain%3D1"
    password_step(client, teacher, "wrong")
    assert client.get("/account/").status_code == 302
