import pytest
from django.core.checks import Tags, run_checks
from django.db import OperationalError, connection

from audit import guards

pytestmark = pytest.mark.django_db


def found(databases: list[str] | None) -> list[str | None]:
    messages = run_checks(tags=[Tags.database], databases=databases)
    return [message.id for message in messages if (message.id or "").startswith("audit.")]


def test_with_every_guard_in_place_nothing_is_said():
    assert found(["default"]) == []


def test_a_missing_guard_is_an_error_that_names_it_and_the_cure():
    guards.drop(connection)
    (error,) = run_checks(tags=[Tags.database], databases=["default"])
    assert error.id == "audit.E001"
    assert error.is_serious()
    assert "guard_audit_entry_update" in error.msg
    assert "migrate" in error.hint


def test_the_database_is_left_alone_unless_asked_for():
    guards.drop(connection)
    assert found(None) == []


def test_a_database_that_cannot_be_reached_is_a_warning(monkeypatch):
    def unreachable(connection: object) -> list[str]:
        raise OperationalError

    monkeypatch.setattr(guards, "missing", unreachable)
    (warning,) = run_checks(tags=[Tags.database], databases=["default"])
    assert warning.id == "audit.W001"
    assert not warning.is_serious()
