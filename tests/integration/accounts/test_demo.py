import re
from io import StringIO

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, transaction

from accounts import actions, checks
from accounts.demo import DEMO_PASSWORD, PEOPLE
from accounts.models import Contact, ContactKind, Organisation, RoleHeld, User
from accounts.roles import Permission, Role
from audit import recorder
from audit.models import Entry, Head
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
# The ranges that Ofcom keeps for drama: London, no area, mobile.
DRAMA = re.compile(r"(020 7946 0|01632 960|07700 900)\d{3}")


def load() -> str:
    said = StringIO()
    call_command("load_demo", stdout=said)
    return said.getvalue()


def counts() -> list[int]:
    return [model.objects.count() for model in (Organisation, User, RoleHeld, Contact, Entry)]


def test_the_demo_has_its_people_and_says_how_to_sign_in():
    said = load()
    roles = {user.email.split("@")[0]: user.roles for user in User.objects.all()}
    assert roles == {
        "practitioner": {Role.PRACTITIONER},
        "colleague": {Role.PRACTITIONER},
        "dsl": {Role.DSL},
        "deputy": {Role.DEPUTY},
        "manager": {Role.MANAGER},
        "editor": {Role.GUIDANCE_EDITOR},
        "operator": {Role.OPERATOR},
    }
    assert User.objects.get(email="dsl@demo.example").may(Permission.START_TRIAGE)
    for user in User.objects.all():
        assert user.is_demo
        assert user.check_password(DEMO_PASSWORD)
        assert user.email in said
    assert DEMO_PASSWORD in said


def test_the_demo_has_every_kind_of_contact_and_no_number_of_anybody():
    load()
    contacts = list(Contact.objects.all())
    assert sorted(contact.kind for contact in contacts) == sorted(ContactKind.values)
    for contact in contacts:
        assert DRAMA.fullmatch(contact.telephone)
        assert contact.email == "" or contact.email.endswith("@demo.example")
        assert contact.name.startswith("Demo ")


def test_the_demo_is_recorded_by_the_system_in_one_chain_of_its_own():
    load()
    organisation = Organisation.objects.get()
    rows = Entry.objects.filter(organisation_id=organisation.pk)
    assert rows.first().action == "organisation.created"
    assert rows.last().action == "demo.loaded"
    assert set(Entry.objects.values_list("actor_id", flat=True)) == {None}


@pytest.mark.django_db(transaction=True)
def test_no_transaction_of_the_demo_writes_to_two_chains(monkeypatch):
    """Two chains in one transaction could wait for each other: see audit/recorder.py."""
    together: list[set[int]] = [set()]
    lock = recorder._locked_head

    def noted(chain: int) -> Head:
        if not together[-1]:
            transaction.on_commit(lambda: together.append(set()))
        together[-1].add(chain)
        return lock(chain)

    monkeypatch.setattr(recorder, "_locked_head", noted)
    load()
    chains = {0, Organisation.objects.get().pk}
    assert set().union(*together) == chains
    assert [chain for chain in together if len(chain) > 1] == []


@pytest.mark.django_db(transaction=True)
def test_a_demo_half_loaded_is_made_whole_the_next_time(monkeypatch):
    def fail(**values: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(actions, "save_contact", fail)
        with pytest.raises(RuntimeError):
            load()
    assert not Organisation.objects.exists()
    assert "The demo is loaded" in load()
    assert User.objects.count() == len(PEOPLE)
    assert Entry.objects.filter(action="demo.loaded").count() == 1


def test_loading_again_keeps_what_is_there():
    load()
    before = counts()
    user = User.objects.get(email="dsl@demo.example")
    user.set_password("changed-by-somebody")
    user.save()
    assert "loaded already" in load()
    assert counts() == before
    user.refresh_from_db()
    assert user.check_password("changed-by-somebody")


def test_loading_again_makes_what_is_gone():
    load()
    User.objects.get(email="colleague@demo.example").delete()
    assert "The demo is loaded" in load()
    assert User.objects.filter(email="colleague@demo.example").exists()
    assert Organisation.objects.count() == 1


def test_outside_the_demo_nothing_is_loaded(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo"):
        load()
    assert counts() == [0] * 5


def found() -> list[str | None]:
    messages = run_checks(tags=[Tags.database], databases=["default"])
    return [message.id for message in messages if message.is_serious()]


def test_a_demo_account_outside_the_demo_refuses_the_start(settings):
    UserFactory()
    settings.DEMO = False
    assert found() == []
    UserFactory(is_demo=True)
    assert found() == ["accounts.E001"]
    settings.DEMO = True
    assert found() == []


@pytest.mark.parametrize("tables", [[], OperationalError])
def test_the_check_has_nothing_to_say_before_there_is_anything_to_look_at(
    settings, monkeypatch, tables
):
    settings.DEMO = False
    UserFactory(is_demo=True)

    def table_names() -> list[str]:
        if tables is OperationalError:
            raise OperationalError
        return []

    monkeypatch.setattr(connection.introspection, "table_names", table_names)
    assert checks.no_demo_accounts(databases=["default"]) == []
