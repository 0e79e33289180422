"""What is held on somebody with an account: for themselves, and for their manager."""

import pytest

from accounts.roles import Role
from audit.models import Entry
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at

pytestmark = pytest.mark.django_db
MINE = "/account/held/"


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
    for known in (busy.name, busy.email, "Designated safeguarding lead", "case.read"):
        assert known in text
    assert Entry.objects.order_by("pk").last().action.startswith("account.")


def test_a_manager_sees_the_account_and_no_case(client, busy, manager):
    client.force_login(manager)
    path = f"/organisation/people/{busy.pk}/held/"
    for text in (read(client, path), read(client, path + "table/")):
        assert busy.email in text
        assert "account.read" in text
        assert "case.read" not in text
        assert "referrals.case" not in text


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
    assert "account.read" in first
    assert "case.read" in read(client, f"{MINE}?before={older}")
    assert "nothing older" in read(client, f"{MINE}?before=1")
    assert "account.read" in read(client, f"{MINE}?before=nonsense")
