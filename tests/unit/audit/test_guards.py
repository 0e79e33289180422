"""The SQL of guards, without a database. What it does to one is in tests/integration/audit."""

import pytest
from django.apps import apps
from django.db import NotSupportedError

from audit import guards
from audit.guards import Guard
from audit.triggers import DIALECTS, Trigger, dialect_of


def test_a_guard_of_columns_compares_each_in_the_words_of_the_database():
    update, _, _ = Guard("t", columns=("a", "b")).triggers()
    sqlite, postgresql = (DIALECTS[name].create(update) for name in ("sqlite", "postgresql"))
    assert 'WHEN (OLD."a" IS NOT NEW."a" OR OLD."b" IS NOT NEW."b") ' in sqlite
    assert 'OLD."b" IS DISTINCT FROM NEW."b"' in postgresql


def test_a_guard_without_columns_looks_at_none():
    update = next(Guard("t").triggers())
    assert all("WHEN" not in dialect.create(update) for dialect in DIALECTS.values())


def test_a_guard_that_lets_rows_be_deleted_has_one_trigger():
    assert [trigger.event for trigger in Guard("t", delete=False).triggers()] == ["update"]
    assert [trigger.event for trigger in Guard("t").triggers()] == ["update", "delete", "truncate"]


def test_the_message_of_a_trigger_tells_a_changed_guard_from_the_old():
    messages = {next(Guard("t", columns=c).triggers()).message for c in [("a",), ("a", "b"), ()]}
    assert not any(one in other for one in messages for other in messages - {one})


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
