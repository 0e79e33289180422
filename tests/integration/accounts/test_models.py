import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.db.utils import DataError

from accounts.models import Contact, ContactKind, RoleHeld, User
from accounts.queries import contacts_for
from accounts.roles import ROLES, Role
from tests.factories.accounts import ContactFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_small_letters():
    user = User.objects.create_user(" Person@School.Example ", name="Person")
    user.refresh_from_db()
    assert user.email == "person@school.example"
    assert User.objects.get_by_natural_key("PERSON@school.example") == user


def test_one_address_is_one_person_in_any_case():
    UserFactory(email="person@school.example")
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email="PERSON@school.example")
    # The database holds it too, where no code has made the letters small.
    other = UserFactory(email="other@school.example")
    for email in ("person@school.example", "Person@School.Example", "Other@School.Example"):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=other.pk).update(email=email)


def test_without_a_password_none_is_right():
    user = User.objects.create_user("person@school.example", name="Person")
    assert not user.has_usable_password()
    assert not user.check_password("")


def test_a_role_is_held_once_and_is_one_of_those_known():
    user = UserFactory(roles=[Role.DSL])
    for role in ("dsl", "head_teacher"):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleHeld.objects.create(user=user, role=role)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_in_an_organisation_needs_one(role):
    held = RoleHeld(user=UserFactory(organisation=None), role=role)
    if ROLES[role].in_organisation:
        with pytest.raises(ValidationError, match="Put this person in an organisation"):
            held.full_clean()
    else:
        held.full_clean()
    RoleHeld(user=UserFactory(), role=role).full_clean()


def test_an_organisation_with_people_cannot_be_deleted():
    user = UserFactory()
    with pytest.raises(ProtectedError):
        user.organisation.delete()


def test_a_contact_can_be_reached():
    with pytest.raises(ValidationError, match="Enter a telephone number or an e-mail address"):
        ContactFactory.build(organisation=OrganisationFactory(), telephone="").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(telephone="")
    ContactFactory(telephone="", email="dsl@school.example")


def test_a_contact_is_of_a_known_kind():
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        ContactFactory(kind="friend")


def test_contacts_come_in_the_order_of_kinds_then_in_their_own():
    here, elsewhere = OrganisationFactory(), OrganisationFactory()
    for kind in sorted(ContactKind.values):
        for order in (2, 1):
            ContactFactory(organisation=here, kind=kind, order=order)
    ContactFactory(organisation=elsewhere)
    found = [(contact.kind, contact.order) for contact in contacts_for(here)]
    assert found == [(kind, order) for kind in ContactKind.values for order in (1, 2)]
    assert Contact.objects.count() == len(found) + 1
