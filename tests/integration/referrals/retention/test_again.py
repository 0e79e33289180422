"""A restored backup brings deleted cases back: they are deleted again from a list kept apart."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from audit.models import Entry
from referrals.chronology import last_number
from referrals.models import Case, DeletedBecause, Tombstone
from referrals.retention import actions
from referrals.retention.deleting import delete_case
from tests.factories.referrals import make_case
from tests.integration.referrals.lead import restrict
from tests.integration.referrals.retention.setting import closed, due

pytestmark = pytest.mark.django_db


def listed() -> str:
    out = io.StringIO()
    call_command("list_deletions", stdout=out)
    return out.getvalue()


def again(text: str) -> str:
    out = io.StringIO()
    call_command("reapply_deletions", file=io.StringIO(text), stdout=out)
    return out.getvalue()


def line_for(case: Case, by) -> str:
    """The line that a deletion would leave: as if the database had been restored since."""
    with transaction.atomic():
        delete_case(case=case, reason=DeletedBecause.ASKED, seen=last_number(case), by=by)
        text = listed()
        transaction.set_rollback(True)
    return text


@pytest.fixture
def case(guidance, practitioner, dsl, second_dsl) -> Case:
    case = due(closed(make_case(practitioner), dsl))
    return restrict(case, [dsl, second_dsl], dsl)


def test_what_was_deleted_is_deleted_again(case, dsl, second_dsl):
    text = line_for(case, dsl)
    assert Case.objects.filter(pk=case.pk).exists()
    assert not Tombstone.objects.exists()
    assert again(text) == f"Case {case.reference} deleted again.\nDeleted again: 1 of 1.\n"
    assert not Case.objects.exists()
    left = Tombstone.objects.get()
    assert (left.deleted_by, left.reason, left.restricted) == (dsl, "asked", True)
    assert set(left.named.all()) == {dsl, second_dsl}
    assert listed() == text
    last = Entry.objects.order_by("pk").last()
    assert (last.action, last.actor_id) == ("case.deleted", None)


def test_twice_does_no_harm(case, dsl):
    text = line_for(case, dsl)
    again(text)
    assert again(text) == (
        f"Case {case.reference} was deleted here already.\nDeleted again: 0 of 1.\n"
    )


def test_a_case_that_is_not_there_is_told(case, dsl):
    line = json.loads(line_for(case, dsl))
    line["reference"] = "CCCCC-CCCCC"
    assert "is not in this database" in again(json.dumps(line))
    line["reference"], line["case_id"] = case.reference, case.pk + 1
    assert "is another case here" in again(json.dumps(line))
    assert Case.objects.exists()


def test_a_held_case_is_kept(case, dsl):
    text = line_for(case, dsl)
    actions.set_hold(case=case, reason="An inquiry", seen=last_number(case), by=dsl)
    with pytest.raises(CommandError, match="legal hold"):
        again(text)
    assert Case.objects.exists()


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"reference": "CCCCC-CCCCC"}'])
def test_anything_else_is_refused(db, line):
    with pytest.raises(CommandError, match="Line 1"):
        again(line)
