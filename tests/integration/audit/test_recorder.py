from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit import chain
from audit.acts import Act
from audit.models import Entry, Head
from audit.recorder import SYSTEM, AuditError, record, record_read
from tests.factories.accounts import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return UserFactory()


def read(user: User, organisation: Organisation | None) -> Entry:
    return record(by=user, action=Act.CASE_READ, obj=user, organisation=organisation)


def test_a_row_says_who_did_what_to_what_and_when(user):
    before = timezone.now()
    entry = read(user, user.organisation)
    stored = Entry.objects.get()
    assert stored == entry
    assert (stored.organisation_id, stored.sequence) == (user.organisation.pk, 1)
    assert (stored.actor_id, stored.action) == (user.pk, "case.read")
    assert (stored.object_type, stored.object_id) == ("accounts.user", str(user.pk))
    assert before <= stored.at <= before + timedelta(seconds=30)
    assert stored.previous_hash == chain.START
    assert stored.hash == chain.digest(stored) == entry.hash


def test_rows_read_back_from_the_database_are_a_whole_chain(user):
    for _ in range(5):
        read(user, user.organisation)
    rows = list(Entry.objects.order_by("sequence"))
    head = Head.objects.get(pk=user.organisation.pk)
    assert [row.sequence for row in rows] == [1, 2, 3, 4, 5]
    assert chain.verify(rows, head=(head.sequence, head.hash)) is None
    assert chain.verify(rows[:-1], head=(head.sequence, head.hash)) == 5


def test_each_organisation_and_the_service_have_a_chain_of_their_own(user):
    other = OrganisationFactory()
    for organisation in [user.organisation, other, None, user.organisation, None]:
        read(user, organisation)
    places = set(Entry.objects.values_list("organisation_id", "sequence"))
    mine = user.organisation.pk
    assert places == {(mine, 1), (mine, 2), (other.pk, 1), (None, 1), (None, 2)}
    assert set(Head.objects.values_list("chain", "sequence")) == {(mine, 2), (other.pk, 1), (0, 2)}


def test_the_system_has_no_actor_id(user):
    entry = record(by=SYSTEM, action=Act.GUIDANCE_LOADED, obj=user, organisation=None)
    assert Entry.objects.get().actor_id is None
    assert chain.verify([entry]) is None


def test_an_act_about_nothing_has_no_object():
    record(by=SYSTEM, action=Act.SIGN_IN_FAILED, obj=None, organisation=None)
    assert Entry.objects.values_list("object_type", "object_id").get() == ("", "")


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), User(email="a@b.example"), "system"])
def test_without_an_actor_nothing_is_recorded(user, nobody):
    with pytest.raises(AuditError, match="actor"):
        record(by=nobody, action=Act.CASE_READ, obj=user, organisation=None)
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("action", "with_object", "message"),
    [
        ("case.read", True, "vocabulary"),
        ("made.up", True, "vocabulary"),
        (Act.CASE_READ, False, "needs object"),
        (Act.SIGN_IN_FAILED, True, "has no object"),
    ],
)
def test_an_act_that_makes_no_sense_is_refused(user, action, with_object, message):
    with pytest.raises(AuditError, match=message):
        record(by=user, action=action, obj=user if with_object else None, organisation=None)


def test_what_is_not_saved_is_refused(user):
    gone = OrganisationFactory()
    gone.delete()
    for obj in (Organisation(name="x"), Organisation(pk=99, name="never saved"), gone):
        with pytest.raises(AuditError, match="object that is saved"):
            record(by=user, action=Act.CASE_READ, obj=obj, organisation=None)
    with pytest.raises(AuditError, match="organisation that is saved"):
        read(user, Organisation(name="x"))


@pytest.mark.django_db(transaction=True)
def test_outside_an_atomic_block_nothing_is_recorded(user):
    with pytest.raises(AuditError, match="atomic"):
        read(user, user.organisation)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_read_that_changes_nothing_else_brings_its_own_atomic_block(user):
    entry = record_read(by=user, action=Act.CASE_READ, obj=user, organisation=user.organisation)
    assert Entry.objects.get() == entry
    with pytest.raises(AuditError, match="actor"):
        record_read(by=AnonymousUser(), action=Act.CASE_READ, obj=user, organisation=None)
    assert Entry.objects.count() == Head.objects.get().sequence == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_goes_with_what_it_tells_of(user):
    def fail() -> None:
        with transaction.atomic():
            read(user, user.organisation)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Entry.objects.exists()
    with transaction.atomic():
        assert read(user, user.organisation).sequence == 1


def test_the_audit_keeps_nothing_that_stops_erasure_and_nothing_about_a_person(user):
    entry = read(user, user.organisation)
    assert not any(field.is_relation for field in Entry._meta.get_fields())
    user.delete()
    stored = Entry.objects.get(pk=entry.pk)
    assert chain.verify([stored]) is None
    values = " ".join(str(getattr(stored, field.attname)) for field in Entry._meta.fields)
    assert user.email not in values
    assert user.name not in values
