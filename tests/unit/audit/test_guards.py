"""The SQL of guards, without a database. What it does to one is in tests/integration/audit."""

import pytest
from django.apps import apps
from django.db import NotSupportedError

from audit import guards
from audit.dialects import DIALECTS, dialect_of
from audit.guards import Guard
from audit.triggers import Once, Permit, Trigger


def test_a_guard_of_columns_compares_each_in_the_words_of_the_database():
    update, _, _ = Guard("t", columns=("a", "b")).triggers()
    sqlite, postgresql = (DIALECTS[name].create(update) for name in ("sqlite", "postgresql"))
    assert 'WHEN ((OLD."a" IS NOT NEW."a" OR OLD."b" IS NOT NEW."b")) ' in sqlite
    assert 'OLD."b" IS DISTINCT FROM NEW."b"' in postgresql


def test_a_guard_without_columns_looks_at_none():
    update = next(Guard("t").triggers())
    assert all("WHEN" not in dialect.create(update) for dialect in DIALECTS.values())


def test_a_guard_that_lets_rows_be_deleted_has_one_trigger():
    assert [trigger.event for trigger in Guard("t", delete=False).triggers()] == ["update"]
    assert [trigger.event for trigger in Guard("t").triggers()] == ["update", "delete", "truncate"]


def test_a_guard_once_a_column_is_set_looks_at_the_row_as_it_was():
    update, delete, truncate = Guard("t", columns=("a",), once=Once("done")).triggers()
    for dialect in DIALECTS.values():
        assert 'NEW."a") AND OLD."done" IS NOT NULL) ' in dialect.create(update)
        assert 'WHEN (OLD."done" IS NOT NULL) ' in dialect.create(delete)
    assert truncate.once is None


def test_a_guard_once_a_parents_column_is_set_looks_at_every_parent_there_is():
    made = list(Guard("t", once=Once("done", "parents", "parent_id")).triggers())
    assert [trigger.event for trigger in made] == ["insert", "update", "delete", "truncate"]
    keys = ['NEW."parent_id"', 'OLD."parent_id", NEW."parent_id"', 'OLD."parent_id"']
    for trigger, held in zip(made[:3], keys, strict=True):
        assert f'"parents" WHERE "id" IN ({held}) ' in DIALECTS["sqlite"].create(trigger)
        postgresql = DIALECTS["postgresql"].create(trigger)
        assert f"guard_refuse_once('{trigger.message}', 'parent_id', 'parents'" in postgresql


def test_the_message_of_a_trigger_tells_a_changed_guard_from_the_old():
    guards_of_t = [
        Guard("t", columns=("a",)),
        Guard("t", columns=("a", "b")),
        Guard("t"),
        Guard("t", once=Once("done")),
        Guard("t", once=Once("made")),
        Guard("t", once=Once("done", "parents", "parent_id")),
        Guard("t", columns=("a",), once=Once("done")),
    ]
    every = [{made.event: made.message for made in guard.triggers()} for guard in guards_of_t]
    messages = {made["update"] for made in every}
    assert len(messages) == len(guards_of_t)
    assert not any(one in other for one in messages for other in messages - {one})


def test_a_permit_is_asked_for_by_the_trigger_that_refuses_to_delete_alone():
    update, delete, truncate = Guard("t", permit=Permit("p", "a", ("b", "c"))).triggers()
    assert update.permit is None
    assert truncate.permit is None
    sqlite, postgresql = (DIALECTS[name].create(delete) for name in ("sqlite", "postgresql"))
    assert 'NOT EXISTS (SELECT 1 FROM "p" WHERE "a" IN (OLD."b", OLD."c"))' in sqlite
    assert f"guard_refuse_without_permit('{delete.message}', 'p', 'a', '', 'b', 'c')" in postgresql


def test_a_permit_can_be_found_by_way_of_another_table():
    _, delete, _ = Guard("t", permit=Permit("p", "a", ("b",), via="v")).triggers()
    by_way = '"a" IN (SELECT "a" FROM "v" WHERE "id" IN (OLD."b"))'
    assert by_way in DIALECTS["sqlite"].create(delete)
    assert "'p', 'a', 'v', 'b')" in DIALECTS["postgresql"].create(delete)


def test_truncate_is_refused_for_the_whole_statement():
    sql = DIALECTS["postgresql"].create(Trigger("t", "truncate", "Refused: no."))
    assert "BEFORE TRUNCATE" in sql
    assert "FOR EACH STATEMENT" in sql


def test_guards_are_read_from_every_app(monkeypatch):
    config = apps.get_app_config("audit")
    monkeypatch.setattr(config, "guards", [Guard("mine")])
    plain = apps.get_app_config("sessions")
    monkeypatch.setattr(apps, "get_app_configs", lambda: [config, plain])
    assert guards.declared() == [Guard("mine")]


def test_another_database_is_refused():
    class Oracle:
        vendor = "oracle"

    with pytest.raises(NotSupportedError, match="oracle"):
        dialect_of(Oracle())
