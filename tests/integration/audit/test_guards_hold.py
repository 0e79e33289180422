"""What the database refuses, asked in raw SQL: no model and no action stands in front of it."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.test import TransactionTestCase

from audit import guards
from audit.acts import Act
from audit.guards import Guard
from audit.models import Entry, Head
from audit.recorder import SYSTEM, record
from tests.factories.accounts import OrganisationFactory

pytestmark = pytest.mark.django_db
postgresql_only = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE and no switched-off trigger"
)
sqlite_only = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="only SQLite has REPLACE and remakes tables"
)


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def entry() -> Entry:
    here = OrganisationFactory()
    with transaction.atomic():
        return record(by=SYSTEM, action=Act.DEMO_LOADED, obj=here, organisation=here)


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE audit_entry SET actor_id = 5", "a row of audit_entry cannot be changed"),
        ("UPDATE audit_entry SET id = id", "a row of audit_entry cannot be changed"),
        ("DELETE FROM audit_entry", "a row of audit_entry cannot be deleted"),
        ("UPDATE audit_head SET chain = chain + 1", "chain of audit_head cannot be changed"),
        ("DELETE FROM audit_head", "a row of audit_head cannot be deleted"),
    ],
)
def test_the_audit_cannot_be_changed_or_deleted(entry, sql, message):
    with pytest.raises(IntegrityError, match=f"Refused: {message}"):
        run(sql)
    assert Entry.objects.get().hash == entry.hash
    assert Head.objects.get().chain == entry.organisation_id


@postgresql_only
@pytest.mark.parametrize("tables", ["audit_entry", "audit_head", "accounts_contact, audit_entry"])
def test_the_audit_cannot_be_emptied(entry, tables):
    with pytest.raises(IntegrityError, match=r"Refused: audit_\w+ cannot be emptied"):
        run(f"TRUNCATE {tables} CASCADE")
    assert Entry.objects.exists()


@sqlite_only
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_a_row_of_the_audit_cannot_be_replaced(entry, verb):
    names = ", ".join(f'"{field.column}"' for field in Entry._meta.fields)
    values = names.replace('"action"', "'made.up'")
    with pytest.raises(IntegrityError, match="cannot be deleted"):
        run(f"{verb} INTO audit_entry ({names}) SELECT {values} FROM audit_entry")  # noqa: S608
    assert Entry.objects.get().action == entry.action


def test_through_the_models_it_is_refused_too(entry):
    entry.action = "made.up"
    for act in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(IntegrityError, match="Refused"), transaction.atomic():
            act()


@pytest.fixture
def guarded(monkeypatch):
    """Guards the organisations' table for one test; the guards go when the test is rolled back."""

    def guard(*wanted: Guard) -> None:
        monkeypatch.setattr(apps.get_app_config("accounts"), "guards", list(wanted), raising=False)
        guards.install(connection)

    return guard


def test_only_the_named_columns_are_kept(guarded):
    guarded(Guard("accounts_organisation", columns=("name", "created_at"), delete=False))
    organisation = OrganisationFactory(name="Kept")
    organisation.local_note = "New"
    organisation.save()
    run("UPDATE accounts_organisation SET name = 'Kept'")
    with pytest.raises(IntegrityError, match="name, created_at of accounts_organisation"):
        run("UPDATE accounts_organisation SET name = 'Other', local_note = 'x'")
    organisation.refresh_from_db()
    assert (organisation.name, organisation.local_note) == ("Kept", "New")
    organisation.delete()


def test_a_null_that_becomes_a_value_and_back_is_a_change(guarded):
    guarded(Guard("accounts_user", columns=("last_login",), delete=False))
    run(
        "INSERT INTO accounts_user (password, email, name, is_active, is_demo, date_joined)"
        " VALUES ('', 'a@b.example', '', TRUE, FALSE, '2026-01-01 00:00:00+00')"
    )
    run("UPDATE accounts_user SET last_login = NULL, name = 'New'")
    with pytest.raises(IntegrityError, match="last_login"):
        run("UPDATE accounts_user SET last_login = '2026-01-01 00:00:00+00'")


def test_a_changed_guard_counts_as_missing_until_it_is_put_in_place(guarded, monkeypatch):
    guarded(Guard("accounts_organisation", columns=("name",), delete=False))
    wider = [Guard("accounts_organisation", columns=("name", "local_note"), delete=False)]
    monkeypatch.setattr(apps.get_app_config("accounts"), "guards", wider)
    assert guards.missing(connection) == ["guard_accounts_organisation_update"]
    guards.install(connection)
    assert guards.missing(connection) == []
    OrganisationFactory()
    with pytest.raises(IntegrityError, match="name, local_note"):
        run("UPDATE accounts_organisation SET local_note = 'x'")


def test_a_guard_that_is_declared_no_more_is_taken_away(guarded):
    guarded(Guard("accounts_organisation"))
    guarded()
    OrganisationFactory().delete()


def test_a_guard_waits_for_its_table(guarded):
    guarded(Guard("not_made_yet"))
    assert guards.missing(connection) == []


def test_dropped_guards_are_missing_and_come_back(entry):
    guards.drop(connection)
    missing = guards.missing(connection)
    assert {"guard_audit_entry_update", "guard_audit_entry_delete"} <= set(missing)
    run("UPDATE audit_entry SET action = action")
    guards.install(connection)
    guards.install(connection)
    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError):
        run("UPDATE audit_entry SET action = action")


@postgresql_only
def test_a_guard_that_was_switched_off_is_missing_and_comes_back(entry):
    run("ALTER TABLE audit_entry DISABLE TRIGGER guard_audit_entry_update")
    assert guards.missing(connection) == ["guard_audit_entry_update"]
    guards.install(connection)
    with pytest.raises(IntegrityError):
        run("UPDATE audit_entry SET action = action")


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_migrate_puts_back_what_remaking_a_table_dropped():
    old, new = Entry._meta.get_field("action"), models.CharField(max_length=65)
    new.set_attributes_from_name("action")
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, old, new)
    assert "guard_audit_entry_update" in guards.missing(connection)
    # With its checks: a missing guard must not stop the one command that puts it back.
    call_command("migrate", verbosity=0, skip_checks=False)
    assert guards.missing(connection) == []
    with connection.schema_editor() as editor:
        editor.alter_field(Entry, new, old)
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_guards_are_put_back_once_in_a_migrate(monkeypatch):
    calls: list[str] = []
    install = guards.install
    monkeypatch.setattr(guards, "install", lambda c: (calls.append(c.alias), install(c)))
    call_command("migrate", verbosity=0)
    assert calls == ["default"]


@pytest.mark.django_db(transaction=True)
def test_after_the_tests_own_flush_the_guards_are_there_again(entry):
    TransactionTestCase("run")._fixture_teardown()
    assert not Entry.objects.exists()
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
def test_an_ordinary_flush_is_refused(entry):
    with pytest.raises(CommandError, match="couldn't be flushed"):
        call_command("flush", verbosity=0, interactive=False)
    assert Entry.objects.get().hash == entry.hash


@pytest.mark.django_db(transaction=True)
def test_the_index_of_what_rows_are_about_comes_and_goes_with_every_guard_in_place(entry):
    for wanted in ("0001", "0002"):
        call_command("migrate", "audit", wanted, verbosity=0)
        assert guards.missing(connection) == []
        with pytest.raises(IntegrityError, match="Refused"):
            run("UPDATE audit_entry SET actor_id = 5")
        with connection.cursor() as cursor:
            found = connection.introspection.get_constraints(cursor, "audit_entry")
        about = [c["columns"] for c in found.values() if c["index"] and "object_id" in c["columns"]]
        assert about == ([["object_type", "object_id", "id"]] if wanted == "0002" else [])
    assert Entry.objects.get().hash == entry.hash
