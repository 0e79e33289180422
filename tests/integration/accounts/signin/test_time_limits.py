"""Half an hour without a request, or twelve hours in any case: then one is signed out."""

import re
import time

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.integration.accounts.signin.people import (
    acts,
    is_signed_in,
    password_step,
    sign_in,
)

pytestmark = pytest.mark.django_db
MINUTE = 60


def shift(client, *, seen: int = 0, since: int = 0) -> None:
    """As if the last request, and the sign-in, had been so many seconds earlier."""
    session = SessionStore(client.session.session_key)
    session["seen_at"] -= seen
    session["signed_in_at"] -= since
    session.save()


@pytest.fixture
def here(client, teacher, guidance):
    sign_in(client, teacher)
    return client


def test_after_half_an_hour_without_a_request_one_is_signed_out(here, teacher):
    shift(here, seen=30 * MINUTE - 2)
    assert here.get("/").status_code == 200
    shift(here, seen=30 * MINUTE)
    assert here.get("/").url == "/sign-in/?next=/"
    assert not is_signed_in(here)
    assert acts()[-1] == "session.ran_out"


def test_a_request_begins_the_half_hour_anew(here):
    for _ in range(3):
        shift(here, seen=29 * MINUTE)
        assert here.get("/").status_code == 200


def test_after_twelve_hours_nothing_helps(here):
    shift(here, since=12 * 60 * MINUTE - 2)
    assert here.get("/").status_code == 200
    shift(here, since=2)
    assert here.get("/").status_code == 302
    assert not is_signed_in(here)


def test_what_is_posted_too_late_is_not_done_and_the_page_says_so(here):
    shift(here, seen=31 * MINUTE)
    answer = here.post("/triage/start/")
    assert answer.url == "/sign-in/?next=/triage/start/%3Fagain%3D1"
    assert "draft.started" not in acts()


def test_coming_back_to_what_is_only_posted_leads_home_and_says_so(client, school):
    """A button without a page of its own: nothing is there to be shown by that address."""
    manager = UserFactory(organisation=school, roles=[Role.MANAGER])
    closed = UserFactory(organisation=school, roles=[Role.DSL], is_active=False)
    path = f"/organisation/people/{closed.pk}/reactivate/"
    back = client.post(path).url
    assert back == f"/sign-in/?next={path}%3Fagain%3D1"
    answer = password_step(client, manager, next=f"{path}?again=1")
    answer = client.get(answer.url, follow=True)
    assert answer.redirect_chain == [("/?again=1", 302)]
    assert "Not saved, because you had to sign in again." in answer.content.decode()
    assert client.get(path).status_code == 405


def test_a_stolen_cookie_is_worth_nothing_afterwards(here, teacher):
    """The row is gone: it is not the cookie alone that was forgotten."""
    key = here.session.session_key
    shift(here, seen=31 * MINUTE)
    here.get("/")
    assert not Session.objects.filter(session_key=key).exists()


def test_a_session_that_does_not_say_since_when_is_over(here):
    session = SessionStore(here.session.session_key)
    del session["signed_in_at"]
    session.save()
    assert here.get("/").status_code == 302


def test_opening_pages_writes_the_session_once_a_minute_at_most(here):
    def kept() -> str:
        return Session.objects.get(session_key=here.session.session_key).session_data

    before = kept()
    here.get("/")
    here.get("/triage/start/")
    assert kept() == before
    shift(here, seen=MINUTE)
    later = kept()
    here.get("/")
    assert kept() != later


def test_the_page_says_until_when_without_any_script(here):
    page = here.get("/").content.decode()
    until = re.search(r"You stay signed in until (\d\d):(\d\d) if you do nothing here", page)
    assert until
    end = time.localtime(time.time() + 30 * MINUTE)
    minutes = int(until[1]) * 60 + int(until[2])
    assert abs(minutes - (end.tm_hour * 60 + end.tm_min)) % (24 * 60) % 60 <= 1
    assert "dialog" not in here.__class__().get("/sign-in/").content.decode()


def test_asking_how_long_is_left_is_not_being_there(here):
    shift(here, seen=26 * MINUTE)
    left = here.get("/account/time-left/").json()
    assert 3 * MINUTE < left["left"] <= 4 * MINUTE
    assert left["more"] is True
    assert here.get("/account/time-left/").json()["left"] <= left["left"]


def test_saying_that_one_is_there_gives_half_an_hour_but_no_more_than_twelve(here):
    shift(here, seen=26 * MINUTE)
    assert here.post("/account/time-left/").json()["left"] > 29 * MINUTE
    shift(here, since=12 * 60 * MINUTE - 2 * MINUTE)
    left = here.post("/account/time-left/").json()
    assert left["left"] <= 2 * MINUTE
    assert left["more"] is False


def test_whoever_is_not_signed_in_has_nothing_left(client, here):
    shift(here, seen=31 * MINUTE)
    assert here.get("/account/time-left/").json() == {"left": 0, "more": False}
    assert here.post("/account/time-left/").json() == {"left": 0, "more": False}
    assert client.get("/account/time-left/").json() == {"left": 0, "more": False}
