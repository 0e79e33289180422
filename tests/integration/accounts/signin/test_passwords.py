"""Changing a password, getting a new one by mail, signing out everywhere."""

import re
import time

import pytest

from accounts.models import User
from accounts.signin.actions import sign_out_everywhere
from accounts.signin.tokens import reset_tokens
from accounts.signin.views import passwords
from audit.models import Entry
from outbox.links import LinkIsOver
from outbox.models import Message
from outbox.text import filled_in
from tests.client import FormClient
from tests.factories.accounts import PASSWORD, UserFactory
from tests.integration.accounts.signin.people import (
    acts,
    give_app,
    is_signed_in,
    password_step,
    sign_in,
)
from tests.outbox import bodies, told

pytestmark = pytest.mark.django_db
NEW = "three-odd-words-together"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch, request):
    if "time" not in request.node.name:
        monkeypatch.setattr(passwords, "AT_LEAST", 0.0)


def link() -> str:
    """The path in the one message that is to be sent."""
    body = filled_in(Message.objects.get(subject="Choose a new password").body)
    found = re.search(r"\S*(/account/new-password/\S+)", body)
    assert found
    return found[1]


def ask(client, email: str):
    return client.post("/account/forgotten/", {"email": email})


def test_a_link_by_mail_lets_one_choose_a_new_password(client, teacher):
    assert ask(client, f" {teacher.email.upper()} ").url == "/account/forgotten/sent/"
    path = link()
    answer = client.get(path)
    assert answer.url == "/account/new-password/"
    assert client.post(answer.url, {"password": NEW, "again": NEW}).url == "/sign-in/"
    assert not is_signed_in(client)
    assert password_step(client, teacher).status_code == 200
    assert password_step(client, teacher, NEW).status_code == 302
    done = ["password.reset_asked", "password.reset", "sign_in.failed", "signed.in"]
    assert acts() == done
    assert "The password of your account was changed." in bodies(teacher)


def test_the_link_is_not_in_the_table(client, teacher):
    ask(client, teacher.email)
    body = Message.objects.get().body
    token = link().split("/")[-2]
    assert reset_tokens.check_token(teacher, token)
    assert token not in body
    assert "/account/new-password/" not in body


def test_it_ends_with_the_sessions(client, teacher):
    """Somebody who could read the mail may hold one: to sign out everywhere must be enough."""
    ask(client, teacher.email)
    path = link()
    client.get(path)
    assert client.get("/account/new-password/").status_code == 200
    sign_out_everywhere(user=teacher, by=teacher)
    assert client.get("/account/new-password/").status_code == 404
    client.post("/account/new-password/", {"password": NEW, "again": NEW})
    assert not User.objects.get(pk=teacher.pk).check_password(NEW)


def test_it_works_once(client, teacher):
    ask(client, teacher.email)
    path = link()
    client.get(path)
    client.post("/account/new-password/", {"password": NEW, "again": NEW})
    for again in (client, FormClient()):
        again.get(path)
        assert again.get("/account/new-password/").status_code == 404
        assert again.post("/account/new-password/", {"password": "x", "again": "x"}).status_code
    assert User.objects.get(pk=teacher.pk).check_password(NEW)


def test_it_works_for_an_hour(client, teacher, settings):
    ask(client, teacher.email)
    client.get(link())
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert client.get("/account/new-password/").status_code == 404


@pytest.mark.parametrize("path", ["x/y/", "MQ/c-0/", "é/é/", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x/"])
def test_a_link_that_was_never_given_says_the_same(client, teacher, path):
    client.get(f"/account/new-password/{path}")
    assert "works once, for one hour" in client.get("/account/new-password/").content.decode()


def test_signing_in_meanwhile_ends_it(client, teacher):
    ask(client, teacher.email)
    path = link()
    sign_in(FormClient(), teacher)
    client.get(path)
    assert client.get("/account/new-password/").status_code == 404


def test_nobody_learns_who_has_an_account(client, teacher):
    left = UserFactory(is_active=False)
    elsewhere = User.objects.create_user("elsewhere@school.example", name="No password")
    emails = [teacher.email, "nobody@school.example", left.email, elsewhere.email]
    pages = {}
    for email in emails:
        answer = ask(client, email)
        pages[email] = (answer.status_code, answer.url, client.get(answer.url).content)
    assert len({str(page) for page in pages.values()}) == 1
    assert [message.to for message in Message.objects.all()] == [teacher]
    rows = Entry.objects.values_list("action", "actor_id", "object_id", "organisation_id")
    assert set(rows) == {("password.reset_asked", None, "", None)}


def test_both_answers_take_the_same_time(client, teacher, monkeypatch):
    """Even where finding somebody takes long: the answer waits for the slower of the two."""
    monkeypatch.setattr(passwords, "AT_LEAST", 0.3)
    slow = passwords.notices.reset_link
    monkeypatch.setattr(
        passwords.notices, "reset_link", lambda user: (time.sleep(0.15), slow(user))
    )
    taken = []
    for email in (teacher.email, "nobody@school.example"):
        started = time.monotonic()
        ask(client, email)
        taken.append(time.monotonic() - started)
    assert min(taken) >= 0.3
    assert abs(taken[0] - taken[1]) < 0.1


def test_whoever_left_or_lost_their_password_meanwhile_gets_no_link(client, teacher):
    ask(client, teacher.email)
    User.objects.filter(pk=teacher.pk).update(is_active=False)
    with pytest.raises(LinkIsOver):
        link()


def test_a_weak_or_mistyped_password_is_refused(client, teacher):
    ask(client, teacher.email)
    client.get(link())
    for password, again, said in (
        ("password1", "password1", "too common"),
        (NEW, "another", "not the same"),
    ):
        answer = client.post("/account/new-password/", {"password": password, "again": again})
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert User.objects.get(pk=teacher.pk).check_password(PASSWORD)


def test_a_second_factor_is_still_asked_for_after_a_reset(client, teacher):
    give_app(teacher)
    ask(client, teacher.email)
    client.get(link())
    client.post("/account/new-password/", {"password": NEW, "again": NEW})
    assert password_step(client, teacher, NEW).url == "/account/second-step/"


def test_a_reset_ends_every_session(client, teacher):
    other = FormClient()
    sign_in(other, teacher)
    ask(client, teacher.email)
    # Signing in made the first link worthless, so this is asked for after it.
    client.get(link())
    client.post("/account/new-password/", {"password": NEW, "again": NEW})
    assert other.get("/account/").url == "/sign-in/?next=/account/"


def test_a_change_needs_the_current_one_and_ends_the_other_sessions(client, teacher):
    other = FormClient()
    for each in (client, other):
        sign_in(each, teacher)
    fields = {"password": NEW, "again": NEW}
    wrong = client.post("/account/password/", {"current": "wrong", **fields})
    assert wrong.status_code == 422
    assert "The password is not right" in wrong.content.decode()
    assert client.post("/account/password/", {"current": PASSWORD, **fields}).url == "/account/"
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert acts()[-1] == "password.changed"
    assert told(teacher) == ["How you sign in has changed"]
    assert User.objects.get(pk=teacher.pk).check_password(NEW)


def test_signing_out_everywhere_ends_all(client, teacher):
    other = FormClient()
    for each in (client, other):
        sign_in(each, teacher)
    assert client.get("/account/sign-out-everywhere/").status_code == 200
    assert client.post("/account/sign-out-everywhere/").url == "/sign-in/"
    for each in (client, other):
        assert each.get("/account/").status_code == 302
    assert acts()[-1] == "signed.out_everywhere"


def test_somebody_without_a_password_has_none_to_change(client, teacher):
    teacher.set_unusable_password()
    teacher.save()
    client.force_login(teacher)
    assert client.get("/account/password/").status_code == 404
    assert "You sign in with another account" in client.get("/account/").content.decode()
