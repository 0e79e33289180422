import pytest
from django.core.exceptions import ValidationError

from accounts import actions
from accounts.models import Contact, Organisation, RoleHeld, User
from accounts.roles import Permission, Role
from audit.models import Entry
from audit.recorder import SYSTEM, AuditError
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def last() -> tuple[str, int | None, int | None, str, str]:
    entry = Entry.objects.latest("pk")
    return entry.action, entry.actor_id, entry.organisation_id, entry.object_type, entry.object_id


def test_creating_an_organisation_begins_its_chain():
    operator = UserFactory(organisation=None, roles=[Role.OPERATOR])
    made = actions.create_organisation(name="Example", local_note="Ask here", by=operator)
    assert (made.name, made.local_note) == ("Example", "Ask here")
    expected = (operator.pk, made.pk, "accounts.organisation", str(made.pk))
    assert last() == ("organisation.created", *expected)
    assert Entry.objects.get().sequence == 1


def test_creating_a_person_is_recorded_without_who_they_are():
    manager = UserFactory(roles=[Role.MANAGER])
    made = actions.create_user(
        email="New@School.example",
        name="New Person",
        organisation=manager.organisation,
        password="a-long-password-1",
        by=manager,
    )
    assert (made.email, made.check_password("a-long-password-1")) == ("new@school.example", True)
    assert (made.is_demo, made.roles) == (False, frozenset())
    assert last() == (
        "user.created",
        manager.pk,
        manager.organisation.pk,
        "accounts.user",
        str(made.pk),
    )


@pytest.mark.parametrize("email", ["", "not-an-address", "TAKEN@school.example"])
def test_a_person_who_cannot_be_is_not_made_or_recorded(email):
    UserFactory(email="taken@school.example")
    with pytest.raises(ValidationError) as raised:
        actions.create_user(email=email, name="x", by=SYSTEM)
    assert "email" in raised.value.message_dict
    assert User.objects.count() == 1
    assert not Entry.objects.exists()


def test_a_role_granted_counts_at_once_and_is_recorded_once():
    user = UserFactory()
    assert not user.may(Permission.START_TRIAGE)
    held = actions.grant_role(user=user, role=Role.PRACTITIONER, by=SYSTEM)
    assert user.may(Permission.START_TRIAGE)
    assert actions.grant_role(user=user, role=Role.PRACTITIONER, by=SYSTEM) == held
    assert last() == (
        "role.granted",
        None,
        user.organisation.pk,
        "accounts.roleheld",
        str(held.pk),
    )
    assert Entry.objects.count() == RoleHeld.objects.count() == 1


def test_a_role_that_needs_an_organisation_is_not_granted_outside_one():
    user = UserFactory(organisation=None)
    with pytest.raises(ValidationError):
        actions.grant_role(user=user, role=Role.MANAGER, by=SYSTEM)
    assert not RoleHeld.objects.exists()
    assert not Entry.objects.exists()


def test_a_contact_is_saved_and_saved_again():
    manager = UserFactory(roles=[Role.MANAGER])
    contact = Contact(
        organisation=manager.organisation, kind="dsl", name="Example", telephone="01632 960001"
    )
    actions.save_contact(contact=contact, by=manager)
    contact.telephone = "01632 960002"
    actions.save_contact(contact=contact, by=manager)
    assert Contact.objects.get().telephone == "01632 960002"
    assert last() == (
        "contact.saved",
        manager.pk,
        manager.organisation.pk,
        "accounts.contact",
        str(contact.pk),
    )
    assert Entry.objects.count() == 2


def test_what_cannot_be_recorded_is_not_done():
    with pytest.raises(AuditError):
        actions.create_organisation(name="Example", by=None)
    assert not Organisation.objects.exists()


def test_a_contact_that_cannot_be_reached_is_refused():
    contact = Contact(organisation=OrganisationFactory(), kind="dsl", name="Example")
    with pytest.raises(ValidationError):
        actions.save_contact(contact=contact, by=SYSTEM)
    assert not Contact.objects.exists()
