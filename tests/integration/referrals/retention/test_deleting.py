"""Deleting a case for good: what goes, what stays, and what the database refuses."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, JSONField, TextField
from django.utils import timezone

from audit import chain
from audit.models import Entry, Head
from outbox.models import Message
from referrals.actions import deciding
from referrals.chronology import Changed, last_number
from referrals.identities import identity_rows
from referrals.models import Case, Comparison, DeletedBecause, Identity, KnownPerson, Tombstone
from referrals.retention import actions
from referrals.retention.deleting import CLOSE_FIRST, HELD, NOT_YET, delete_case
from referrals.states import NotNow
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at, fresh
from tests.integration.referrals.lead import restrict
from tests.integration.referrals.retention.setting import card, closed, due, full_case, same
from triage.models import Draft

pytestmark = pytest.mark.django_db
WORD = "Quokkaword"


def delete(case, by, seen=None):
    seen = last_number(case) if seen is None else seen
    return delete_case(case=case, reason=DeletedBecause.PERIOD_ENDED, seen=seen, by=by)


@pytest.fixture
def case(guidance, practitioner, dsl) -> Case:
    return due(full_case(practitioner, dsl, WORD))


def tables_with(word: str) -> set[str]:
    """Every table with the word in a column of text, whatever the table is for."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField | TextField | JSONField):
                table, column = model._meta.db_table, field.column
                sql = f'SELECT 1 FROM "{table}" WHERE lower(CAST("{column}" AS TEXT)) LIKE %s'  # noqa: S608 - our own names
                with connection.cursor() as cursor:
                    cursor.execute(sql, [f"%{word.lower()}%"])
                    if cursor.fetchone():
                        found.add(table)
    return found


HOLDING = {
    "referrals_case",
    "referrals_assessment",
    "referrals_event",
    "referrals_recommendation",
    "referrals_identity",
    "triage_draft",
}


def test_nothing_that_was_typed_is_left_in_any_table(case, dsl, practitioner):
    other = make_case(practitioner)
    card(other, dsl, name=f"{WORD} Name")
    same(fresh(case), other, dsl, reason=f"{WORD} tutor")
    assert tables_with(WORD) == HOLDING | {"referrals_comparison"}
    card(other, dsl, name="Somebody else")  # the other case's own card is not ours to delete
    delete(case, dsl)
    assert tables_with(WORD) == set()
    connection.check_constraints()


def test_the_audit_alone_and_the_tombstone_know_the_case_afterwards(case, dsl):
    reference, draft = case.reference, str(case.draft_id)
    assert Draft.objects.filter(amends=reference).count() == 3
    assert Message.objects.filter(key__contains=reference).exists()
    delete(case, dsl)
    assert tables_with(reference) == {"referrals_tombstone"}
    assert tables_with(draft) == {"audit_entry"}
    assert not Draft.objects.exists()
    assert not Message.objects.exists()


def test_what_is_left_says_when_by_whom_and_by_which_rule(case, dsl):
    pk = case.pk
    tombstone = delete(case, dsl)
    assert Tombstone.objects.get() == tombstone
    assert (tombstone.case_id, tombstone.reference) == (pk, case.reference)
    assert (tombstone.basis, tombstone.counted) == ("age", 25)
    assert (tombstone.deleted_by, tombstone.reason) == (dsl, "period_ended")
    last = Entry.objects.order_by("sequence").last()
    assert (last.action, last.object_type) == ("case.deleted", "referrals.case")
    assert (last.object_id, last.actor_id) == (str(pk), dsl.pk)


def test_the_chain_of_the_audit_is_whole_and_still_has_every_reading(client, case, dsl):
    client.force_login(dsl)
    client.get(at(case))
    before = Entry.objects.filter(object_type="referrals.case").count()
    delete(case, dsl)
    assert Entry.objects.filter(object_type="referrals.case").count() == before + 1
    rows = Entry.objects.filter(organisation_id=dsl.organisation_id).order_by("sequence")
    head = Head.objects.get(pk=dsl.organisation_id)
    assert chain.verify(rows, head=(head.sequence, head.hash)) is None


# When it is refused.


def test_an_open_case_is_not_deleted(case, dsl):
    deciding.reopen(case=case, reason="New facts", seen=last_number(case), by=dsl)
    with pytest.raises(NotNow, match=CLOSE_FIRST):
        delete(case, dsl)
    assert fresh(case)


def test_a_case_whose_time_has_not_come_is_not_deleted(practitioner, dsl, guidance):
    case = closed(make_case(practitioner), dsl)
    with pytest.raises(NotNow, match=NOT_YET):
        delete(case, dsl)
    delete(due(case), dsl)


def test_a_held_case_is_not_deleted_until_the_hold_is_lifted(case, dsl):
    actions.set_hold(case=case, reason="An inquiry", seen=last_number(case), by=dsl)
    with pytest.raises(NotNow, match=HELD):
        delete(case, dsl)
    actions.lift_hold(case=case, reason="It has ended", seen=last_number(case), by=dsl)
    delete(case, dsl)
    assert not Case.objects.filter(pk=case.pk).exists()


def test_who_has_not_seen_the_newest_entry_is_told(case, dsl):
    with pytest.raises(Changed):
        delete(case, dsl, seen=last_number(case) - 1)
    assert fresh(case)
    assert not Tombstone.objects.exists()


def test_the_lead_of_another_organisation_deletes_nothing(case, strange_dsl):
    with pytest.raises(Case.DoesNotExist):
        delete(case, strange_dsl)


def test_a_lead_who_is_not_named_deletes_no_restricted_case(case, dsl, second_dsl):
    restrict(case, [second_dsl], dsl)
    with pytest.raises(Case.DoesNotExist):
        delete(case, dsl)
    delete(case, second_dsl)


# What the database refuses, whatever program asks.


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def remove(table: str, where: str = "") -> None:
    run(f"DELETE FROM referrals_{table} {where}")  # noqa: S608 - names of these tests


GUARDED = ["case", "assessment", "recommendation", "event", "comparison"]


@pytest.fixture
def guarded(case, dsl, practitioner) -> Case:
    other = make_case(practitioner)
    card(other, dsl, name="Another")
    same(case, other, dsl)
    return case


@pytest.mark.parametrize("table", GUARDED)
def test_without_a_tombstone_no_row_goes(guarded, table):
    with pytest.raises(IntegrityError, match=f"Refused: a row of referrals_{table} cannot"):
        remove(table)


@pytest.mark.parametrize("table", GUARDED)
def test_the_tombstone_of_another_case_lets_nothing_go(guarded, table, dsl):
    tombstone(guarded.pk + 1000, dsl)
    with pytest.raises(IntegrityError, match=f"Refused: a row of referrals_{table} cannot"):
        remove(table)


def tombstone(case_id, by) -> Tombstone:
    return Tombstone.objects.create(
        case_id=case_id,
        reference="CCCCC-CCCCC",
        organisation=by.organisation,
        basis="none",
        counted=25,
        reason="period_ended",
        deleted_at=timezone.now(),
        deleted_by=by,
        restricted=False,
    )


def test_only_rows_of_the_case_with_the_tombstone_go(guarded, dsl):
    other = Case.objects.exclude(pk=guarded.pk).get()
    tombstone(guarded.pk, dsl)
    for table in ("event", "recommendation"):
        remove(table, f"WHERE case_id = {guarded.pk}")
        with pytest.raises(IntegrityError, match="Refused"):
            remove(table, f"WHERE case_id = {other.pk}")
    remove("comparison")
    with pytest.raises(IntegrityError, match="cannot be changed"):
        run("UPDATE referrals_assessment SET notes = 'x'")


@pytest.mark.parametrize(
    "sql",
    ["UPDATE referrals_tombstone SET reason = 'asked'", "DELETE FROM referrals_tombstone"],
)
def test_a_tombstone_is_for_ever(case, dsl, sql):
    delete(case, dsl)
    with pytest.raises(IntegrityError, match="Refused: a row of referrals_tombstone"):
        run(sql)


def by_hand(case: Case) -> None:
    """As somebody would who writes to the database itself, and has made the tombstone."""
    with transaction.atomic():
        for table in ("event", "recommendation", "assessment", "caseflag", "identity"):
            remove(table, f"WHERE case_id = {case.pk}")
        remove("case", f"WHERE id = {case.pk}")
        connection.check_constraints()


def test_the_database_itself_keeps_a_held_case(case, dsl):
    tombstone(case.pk, dsl)
    actions.set_hold(case=case, reason="An inquiry", seen=last_number(case), by=dsl)
    with pytest.raises(IntegrityError):
        by_hand(case)
    assert fresh(case)
    actions.lift_hold(case=case, reason="It has ended", seen=last_number(case), by=dsl)
    by_hand(case)
    assert not Case.objects.filter(pk=case.pk).exists()


# Other cases of the same person.


def triangle(practitioner, dsl) -> tuple[Case, Case, Case]:
    """Three cases of one person, the first and the last by way of the middle one alone."""
    cases = [closed(make_case(practitioner), dsl) for _ in range(3)]
    for case in cases:
        card(case, dsl, name=f"Name {case.pk}")
    first, middle, last = cases
    same(middle, first, dsl, reason="Tutor")
    same(middle, last, dsl, reason="Tutor")
    return first, due(middle), last


def links(case, user) -> list[str]:
    return [one.case.reference for row in identity_rows(fresh(case), user) for one in row.links]


def test_two_cases_linked_by_way_of_it_stay_linked(practitioner, dsl, second_dsl, guidance):
    first, middle, last = triangle(practitioner, dsl)
    assert set(links(first, second_dsl)) == {middle.reference, last.reference}
    delete(middle, second_dsl)
    assert links(first, second_dsl) == [last.reference]
    [row] = Comparison.objects.all()
    assert (row.same, row.decided_by) == (True, dsl)
    assert "Tutor" not in row.reason


def test_not_by_way_of_a_restricted_one(practitioner, dsl, second_dsl, guidance):
    """Only those named on it could see that link: it is not shown to others afterwards."""
    first, middle, _ = triangle(practitioner, dsl)
    restrict(middle, [dsl], dsl)
    assert links(first, second_dsl) == []
    delete(middle, dsl)
    assert links(first, second_dsl) == links(first, dsl) == []


def test_a_known_person_without_any_card_goes_too(practitioner, dsl, guidance):
    first, middle, last = triangle(practitioner, dsl)
    for case in (middle, due(first)):
        delete(case, dsl)
    assert KnownPerson.objects.count() == 1
    assert Identity.objects.get().known_person_id == KnownPerson.objects.get().pk
    delete(due(last), dsl)
    assert not KnownPerson.objects.exists()


# On disk.


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has VACUUM")
def test_sqlite_writes_over_what_is_deleted(case):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete")
        assert cursor.fetchone() == (1,)
