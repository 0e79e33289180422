"""A form posted after the session ended: nothing of it is kept, and the page says so, once."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache

from accounts.roles import Role
from tests.client import FormClient
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.amending import begin
from tests.integration.referrals.cases import act, at
from tests.integration.triage.steps import fill, start, url

pytestmark = pytest.mark.django_db
TOLD = "Not saved, because you had to sign in again."
AGAIN = "had to sign in again"
CASE_PAGES = ["acknowledge/", "review/", "assign/", "plan/add/", "record/note/", "restrict/"]
WIZARD_PAGES = ["feelings", "people/p1", "people/p1/remove", "notes", "discard"]


@pytest.fixture(autouse=True)
def _forget_rate_limits():
    cache.clear()


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, here):
    return make_case(practitioner)


def post_signed_out(here: FormClient, user, address: str, **typed: str) -> str:
    """What is shown after posting without a session, and signing in as the product leads to it."""
    here.logout()
    to_sign_in = here.post(address, typed)
    assert to_sign_in.url.startswith("/sign-in/?next=/")
    page = here.get(to_sign_in.url).context["next"]
    fields = {"login": user.email, "password": PASSWORD, "next": page}
    return here.post("/sign-in/", fields, follow=True).content.decode()


@pytest.mark.parametrize("page", CASE_PAGES)
def test_every_form_on_a_case_says_it(here, dsl, case, page):
    text = post_signed_out(here, dsl, at(case, page), facts="A long account.")
    assert text.count(TOLD) == text.count(AGAIN) == 1
    assert "A long account." not in text
    assert case.events.count() == 1
    assert TOLD not in here.get(at(case, page)).content.decode()


@pytest.mark.parametrize("page", WIZARD_PAGES)
def test_every_page_of_the_wizard_says_it(here, dsl, page):
    draft = fill(here, start(here))
    text = post_signed_out(here, dsl, url(draft, page), emotional_impact="severe")
    assert text.count(TOLD) == text.count(AGAIN) == 1
    draft.refresh_from_db()
    assert draft.answers["emotional_impact"] == "some"


@pytest.mark.parametrize("page", ["submit", "send/feelings", "send/people/p1"])
def test_what_was_to_be_sent_says_so_itself(here, dsl, page):
    draft = fill(here, start(here))
    text = post_signed_out(here, dsl, url(draft, page))
    assert text.count(AGAIN) == 1
    assert "Not sent yet, because you had to sign in again" in text


def test_what_had_been_sent_already_is_not_said_to_be_unsaved(here, dsl):
    draft = fill(here, start(here))
    here.post(url(draft, "submit"))
    assert AGAIN not in post_signed_out(here, dsl, url(draft, "submit"))


def test_a_page_that_leads_on_takes_it_along(here, dsl, case):
    """By then the page is not to be answered: its answers changed, or a copy was begun."""
    draft = start(here)
    assert TOLD in post_signed_out(here, dsl, url(draft, "feelings"), emotional_impact="severe")
    begin(here, case)
    assert TOLD in post_signed_out(here, dsl, at(case, "amend/"), reason="The age is known.")


def test_it_is_in_no_session_and_gone_with_the_next_post(here, dsl, case):
    address = at(case, "record/note/?again=1")
    before = list(Session.objects.values_list("session_data", flat=True))
    assert TOLD in here.get(address).content.decode()
    assert list(Session.objects.values_list("session_data", flat=True)) == before
    answered = here.post(address, {"seen": "1"})
    assert answered.status_code == 422
    assert TOLD not in answered.content.decode()
    assert TOLD not in act(here, case, "record/note/").content.decode()


def test_somebody_else_who_signs_in_there_is_shown_nothing_of_it(here, case):
    other = UserFactory(roles=[Role.DSL])
    text = post_signed_out(here, other, at(case, "record/note/"), facts="A long account.")
    assert "A long account." not in text
    assert case.reference not in text
