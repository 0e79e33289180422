"""What is held on somebody with an account: for themselves, and for their manager."""

import re

import pytest
from django.apps import apps

from accounts.roles import Role
from audit.acts import WITHOUT_OBJECT, Act
from audit.models import Entry
from referrals.export.words import THINGS, WORDS
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at

pytestmark = pytest.mark.django_db
MINE = "/account/held/"
# What an act was about, on the page and in the file.
OF_A_CASE = re.compile(r'>Case [0-9]|"Case"')
OPENED_CASE = "Opened the case, or a form on it"
OPENED_THIS = "What is held on the account was opened"


@pytest.fixture
def manager(school):
    return UserFactory(name="Example Manager", organisation=school, roles=[Role.MANAGER])


@pytest.fixture
def busy(client, guidance, dsl, practitioner):
    """A lead who signed in and read a case."""
    case = make_case(practitioner)
    client.force_login(dsl)
    client.get(at(case))
    return dsl


def read(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


@pytest.mark.parametrize("path", [MINE, MINE + "table/"])
def test_everybody_sees_what_is_held_on_them(client, busy, path):
    text = read(client, path)
    for known in (busy.name, busy.email, "Designated safeguarding lead", OPENED_CASE):
        assert known in text
    assert OF_A_CASE.search(text)
    assert Entry.objects.order_by("pk").last().action.startswith("account.")


def test_a_manager_sees_the_account_and_no_case(client, busy, manager):
    client.force_login(manager)
    path = f"/organisation/people/{busy.pk}/held/"
    for text in (read(client, path), read(client, path + "table/")):
        assert busy.email in text
        assert OPENED_THIS in text
        assert OPENED_CASE not in text
        assert not OF_A_CASE.search(text)


def test_a_manager_sees_nobody_of_another_organisation(client, manager, stranger):
    client.force_login(manager)
    for end in ("", "table/"):
        path = f"/organisation/people/{stranger.pk}/held/{end}"
        assert client.get(path).status_code == 404


def test_who_is_no_manager_sees_nobody_else(client, busy, practitioner):
    client.force_login(busy)
    path = f"/organisation/people/{practitioner.pk}/held/"
    assert client.get(path).status_code == 403


def test_older_acts_are_on_the_next_page(client, busy, monkeypatch):
    monkeypatch.setattr("referrals.export.account.PAGE_SIZE", 1)
    first = read(client, MINE)
    assert "Older" in first
    older = first.split('href="?before=')[1].split('"')[0]
    assert OPENED_THIS in first
    assert OPENED_CASE in read(client, f"{MINE}?before={older}")
    assert "nothing older" in read(client, f"{MINE}?before=1")
    assert OPENED_THIS in read(client, f"{MINE}?before=nonsense")


@pytest.mark.parametrize("act", sorted(set(Act) - WITHOUT_OBJECT - {Act.DEMO_LOADED}))
def test_every_act_of_a_person_has_words(act):
    assert WORDS[act][0].isupper(), "give it words in referrals/export/words.py"


def test_what_an_act_is_about_is_named_by_what_there_is():
    for label in THINGS:
        assert apps.get_model(label)
