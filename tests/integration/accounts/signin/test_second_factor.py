"""An authenticator app, recovery codes, and the second step of signing in."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection

from accounts.signin import actions
from audit.recorder import SYSTEM
from tests.client import FormClient
from tests.integration.accounts.signin.people import (
    SECRET,
    acts,
    code,
    give_app,
    is_signed_in,
    kept_secret,
    password_step,
    recovery_codes,
    secret_on,
    sign_in,
    wrong_code,
)
from tests.outbox import bodies, told

pytestmark = pytest.mark.django_db


def set_up(client, user) -> str:
    sign_in(client, user)
    secret = secret_on(client.get("/account/app/").content.decode())
    answer = client.post("/account/app/", {"code": code(secret)})
    assert answer.url == "/account/recovery-codes/"
    return secret


def test_an_app_is_set_up_with_a_code_that_it_makes(client, teacher):
    secret = set_up(client, teacher)
    assert kept_secret(teacher) == secret
    page = client.get("/account/recovery-codes/").content.decode()
    shown = re.findall(r"<li>(\d{8})</li>", page)
    assert shown == recovery_codes(teacher)
    assert len(shown) == 10
    assert acts() == ["signed.in", "factor.added", "recovery_codes.read"]
    assert told(teacher) == ["How you sign in has changed"]
    assert secret not in bodies(teacher)


def test_a_wrong_code_sets_nothing_up_and_the_picture_stays_the_same(client, teacher):
    sign_in(client, teacher)
    secret = secret_on(client.get("/account/app/").content.decode())
    answer = client.post("/account/app/", {"code": wrong_code(secret)})
    assert answer.status_code == 422
    assert "The code is not right" in answer.content.decode()
    assert secret_on(answer.content.decode()) == secret
    assert not Authenticator.objects.exists()


def test_the_picture_is_an_svg_of_its_own_address_without_style_or_script(client, teacher):
    sign_in(client, teacher)
    page = client.get("/account/app/").content.decode()
    assert '<img class="app-qr" src="/account/app/picture.svg"' in page
    assert "data:image" not in page
    answer = client.get("/account/app/picture.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert set(re.findall(r"<(?:svg:)?(\w+)", answer.content.decode())) == {"svg", "path"}
    assert b"style" not in answer.content


def test_the_secrets_are_in_no_table_as_they_are(client, teacher):
    sign_in(client, teacher)
    waiting = secret_on(client.get("/account/app/").content.decode())
    assert waiting not in str([row.get_decoded() for row in Session.objects.all()])
    client.post("/account/app/", {"code": code(waiting)})
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        written = str(cursor.fetchall())
    assert "secret" in written
    for secret in (waiting, *recovery_codes(teacher)):
        assert secret not in written


def test_with_another_key_nobody_gets_in_and_the_page_says_what_to_do(client, teacher, settings):
    give_app(teacher)
    settings.MFA_KEY = "another key, made for this test alone"
    password_step(client, teacher)
    answer = client.post("/account/second-step/", {"code": code()})
    assert "cannot be read any more" in answer.content.decode()
    assert not is_signed_in(client)


def test_the_second_step_is_asked_for_and_taken(client, teacher):
    give_app(teacher)
    answer = password_step(client, teacher, next="/triage/start/")
    assert answer.url == "/account/second-step/"
    assert not is_signed_in(client)
    assert client.get("/").url == "/sign-in/?next=/"
    assert "Code" in client.get("/account/second-step/").content.decode()
    answer = client.post("/account/second-step/", {"code": code()})
    assert answer.url == "/triage/start/"
    assert acts()[-1] == "signed.in"


def test_a_wrong_code_does_not_get_in_and_is_recorded(client, teacher):
    give_app(teacher)
    password_step(client, teacher)
    answer = client.post("/account/second-step/", {"code": wrong_code()})
    assert "The code is not right" in answer.content.decode()
    assert not is_signed_in(client)
    assert acts()[-1] == "second_step.failed"


def test_a_code_counts_once_even_while_it_is_still_good(client, teacher):
    give_app(teacher)
    seen = code(later=1)
    password_step(client, teacher)
    assert client.post("/account/second-step/", {"code": seen}).status_code == 302
    thief = FormClient()
    password_step(thief, teacher)
    assert "The code is not right" in (
        thief.post("/account/second-step/", {"code": f" {seen[:3]} {seen[3:]} "}).content.decode()
    )
    assert not is_signed_in(thief)


def test_a_recovery_code_gets_in_once_and_the_person_is_told(client, teacher):
    give_app(teacher)
    one = recovery_codes(teacher)[3]
    password_step(client, teacher)
    assert client.post("/account/second-step/", {"code": one}).status_code == 302
    assert is_signed_in(client)
    assert one not in recovery_codes(teacher)
    assert "recovery_code.used" in acts()
    assert "with one of your recovery codes" in bodies(teacher)
    again = FormClient()
    password_step(again, teacher)
    again.post("/account/second-step/", {"code": one})
    assert not is_signed_in(again)


def test_without_the_password_there_is_no_second_step(client, teacher):
    give_app(teacher)
    assert client.get("/account/second-step/").url == "/sign-in/"
    assert client.post("/account/second-step/", {"code": code()}).url == "/sign-in/"
    password_step(client, teacher)
    client.post("/account/second-step/give-up/")
    assert client.post("/account/second-step/", {"code": code()}).url == "/sign-in/"
    assert not is_signed_in(client)


def test_new_recovery_codes_end_the_old_ones(client, teacher):
    give_app(teacher)
    old = recovery_codes(teacher)
    sign_in(client, teacher)
    assert client.post("/account/recovery-codes/new/").url == "/account/recovery-codes/"
    new = recovery_codes(teacher)
    assert not set(old) & set(new)
    assert "recovery_codes.made" in acts()
    answer = client.get("/account/recovery-codes/recovery-codes.txt")
    assert answer.content.decode().split() == new
    assert answer["Content-Type"].startswith("text/plain")
    assert "attachment" in answer["Content-Disposition"]


def test_codes_are_nobody_elses(client, teacher, lead):
    give_app(teacher)
    sign_in(client, lead)
    assert client.get("/account/recovery-codes/").status_code == 404
    assert client.get("/account/recovery-codes/recovery-codes.txt").status_code == 404
    factor = Authenticator.objects.get(user=teacher, type="totp")
    for ask in (client.get, client.post):
        assert ask(f"/account/factors/{factor.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_removing_the_last_one_takes_the_recovery_codes_along(client, teacher):
    factor = give_app(teacher)
    sign_in(client, teacher)
    page = client.get(f"/account/factors/{factor.pk}/remove/").content.decode()
    assert "your recovery codes go, too" in page
    assert client.post(f"/account/factors/{factor.pk}/remove/").url == "/account/"
    assert not Authenticator.objects.filter(user=teacher).exists()
    assert acts()[-1] == "factor.removed"
    assert "A second factor was removed" in bodies(teacher)


def test_a_lost_one_is_reset_which_ends_sessions_and_tells_the_person(client, teacher, lead):
    give_app(teacher)
    sign_in(client, teacher)
    actions.reset_second_factor(user=teacher, by=lead)
    assert client.get("/").url == "/sign-in/?next=/"
    assert not Authenticator.objects.filter(user=teacher).exists()
    assert "taken off your account" in bodies(teacher)
    assert acts()[-1] == "factors.reset"
    assert password_step(FormClient(), teacher).url == "/"


def test_a_second_app_is_not_added_beside_the_first(client, teacher):
    give_app(teacher)
    sign_in(client, teacher)
    assert client.get("/account/app/").url == "/account/"
    assert client.get("/account/app/picture.svg").status_code == 404
    with pytest.raises(actions.ValidationError):
        actions.add_app(user=teacher, secret=SECRET, by=SYSTEM)


def test_if_it_cannot_be_recorded_nothing_is_added(client, teacher, monkeypatch):
    def fail(**kwargs: object) -> None:
        raise RuntimeError("no audit")

    monkeypatch.setattr("accounts.signin.actions.record", fail)
    with pytest.raises(RuntimeError):
        give_app(teacher)
    assert not Authenticator.objects.exists()
    assert told(teacher) == []
