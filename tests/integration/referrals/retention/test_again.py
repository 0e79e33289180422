"""A restored backup brings deleted cases back: they are deleted again from a list kept apart."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from audit.models import Entry
from referrals.chronology import last_number
from referrals.models import Case, DeletedBecause, Tombstone
from referrals.retention import actions, lines
from referrals.retention.deleting import delete_case
from tests.client import FormClient
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at
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


def test_whoever_deleted_it_may_not_be_in_the_restored_copy(case, dsl, second_dsl, school):
    """As where they were invited after the backup, or their number is somebody else's there."""
    late, strange = (UserFactory(organisation=school, roles=[Role.DSL]) for _ in range(2))
    restrict(case, [late, strange, second_dsl], dsl)
    text = line_for(case, late)
    named = Case.named.through.objects.filter(case=case)
    named.exclude(user=second_dsl).delete()
    User.objects.filter(pk=late.pk).delete()
    User.objects.filter(pk=strange.pk).update(organisation=OrganisationFactory())
    assert "deleted again" in again(text)
    left = Tombstone.objects.get()
    assert (left.deleted_by, list(left.named.all())) == (None, [second_dsl])
    client = FormClient()
    client.force_login(second_dsl)
    page = client.get(at(case))
    assert page.status_code == 410
    assert "by somebody whose account is not here any more" in page.content.decode()


def signed(text: str, **values: object) -> str:
    """The line with other values, as this installation would have printed it."""
    found = json.loads(text) | values
    found.pop("signed")
    return lines.signed(found)


def test_a_case_that_is_not_there_is_told(case, dsl):
    text = line_for(case, dsl)
    assert "is not in this database" in again(signed(text, reference="CCCCC-CCCCC"))
    assert Case.objects.exists()


@pytest.mark.parametrize("key", ["case_id", "organisation_id"])
def test_another_case_or_one_of_another_organisation_is_refused(case, dsl, key):
    text = line_for(case, dsl)
    with pytest.raises(CommandError, match="Not everything was deleted"):
        again(signed(text, **{key: json.loads(text)[key] + 1}))
    assert Case.objects.exists()
    assert not Tombstone.objects.exists()


def test_a_line_that_this_installation_did_not_print_is_refused(case, dsl, practitioner, settings):
    """One that somebody wrote, changed, or brought from elsewhere: that case was never deleted."""
    other = make_case(practitioner)
    text = line_for(case, dsl)
    values = json.loads(text)
    made_up = values | {"reference": other.reference, "case_id": other.pk}
    with pytest.raises(CommandError, match=r"Line 2 .* Nothing was deleted"):
        again(text + json.dumps(made_up))
    settings.SECRET_KEY = "another installation" * 3
    with pytest.raises(CommandError, match=r"Line 1 .* Nothing was deleted"):
        again(text)
    assert Case.objects.count() == 2


def test_a_held_case_is_kept(case, dsl):
    text = line_for(case, dsl)
    actions.set_hold(case=case, reason="An inquiry", seen=last_number(case), by=dsl)
    with pytest.raises(CommandError, match="Not everything was deleted"):
        again(text)
    assert Case.objects.exists()


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", "null", '{"reference": "CCCCC-CCCCC"}', '{"signed": 5}', "\x00"]
)
def test_anything_else_is_refused(db, line):
    with pytest.raises(CommandError, match=r"Line 1 .* Nothing was deleted"):
        again(line)


def test_a_file_that_is_no_text_is_refused(db, tmp_path):
    (tmp_path / "backup.zip").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(CommandError, match="no file of list_deletions"):
        call_command("reapply_deletions", str(tmp_path / "backup.zip"))


# Beside the backups, every day.


def test_the_list_is_written_to_a_file_for_its_owner_alone(case, dsl, tmp_path):
    file = tmp_path / "deletions.jsonl"
    delete_case(case=case, reason=DeletedBecause.ASKED, seen=last_number(case), by=dsl)
    call_command("list_deletions", file=file)
    assert file.read_text() == listed()
    assert file.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_a_list_from_before_a_restore_is_not_lost(case, dsl, tmp_path, capsys):
    """The restored database knows of no deletion until it was told: its list is empty."""
    file = tmp_path / "deletions.jsonl"
    text = line_for(case, dsl)
    file.write_text(text)
    call_command("list_deletions", file=file)
    assert file.read_text() == text
    assert "1 that this database does not know of" in capsys.readouterr().out
    again(file.read_text())
    call_command("list_deletions", file=file)
    assert file.read_text() == text
    assert capsys.readouterr().out == ""


def test_what_is_no_list_is_not_written_over(db, tmp_path):
    (tmp_path / "other.txt").write_text("Somebody else's\n")
    with pytest.raises(CommandError, match="no file of list_deletions"):
        call_command("list_deletions", file=tmp_path / "other.txt")
    assert (tmp_path / "other.txt").read_text() == "Somebody else's\n"
