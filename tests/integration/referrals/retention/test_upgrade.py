"""A database with guards and deleted cases is brought up to date: rows and guards stay."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.utils import timezone

from audit import guards
from referrals.models import Basis, Case, Tombstone
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.cases import fresh
from tests.integration.referrals.retention.setting import closed, due
from tests.integration.referrals.retention.test_deleting import delete, run

pytestmark = pytest.mark.django_db(transaction=True)


def migrate(to: str) -> None:
    call_command("migrate", "referrals", to, verbosity=0, stdout=StringIO())


def test_tombstones_and_guards_are_there_and_the_dates_are_worked_out_anew(
    guidance, practitioner, dsl
):
    delete(due(closed(make_case(practitioner), dsl)), dsl)
    people = [PERSON, {**PERSON, "id": "p2", "age": "unknown"}]
    mixed = make_case(practitioner, people=people, position_of_trust="unknown")
    before = Tombstone.objects.values().get()
    migrate("0008")
    Case.objects.update(retention_basis="age")
    migrate("0009")
    assert Tombstone.objects.values().get() == before
    now = fresh(mixed)
    assert (now.retention_from, now.retention_basis) == (timezone.localdate(), Basis.UNKNOWN)
    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError, match="Refused"):
        run("DELETE FROM referrals_tombstone")
