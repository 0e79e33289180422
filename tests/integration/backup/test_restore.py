"""`manage.py restore`: what it refuses, and what it says of a backup that is not as it was."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import IntegrityError

from accounts.models import Organisation, User
from audit import guards
from audit.models import Entry
from audit.verifying import verify_all
from backup import archive, restoring
from backup.databases import postgresql, sqlite
from referrals.chronology import last_number
from referrals.models import Case, DeletedBecause, Status, Tombstone
from referrals.retention.actions import lift_hold, set_hold
from referrals.retention.deleting import delete_case
from tests.factories.referrals import make_case
from tests.integration.backup.drill import destroy, everything
from tests.integration.referrals.retention.setting import closed, due
from web.health import migrations_applied

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(guidance, practitioner, tmp_path) -> Path:
    """Of a database with one case, in a folder of its own."""
    make_case(practitioner)
    call_command("backup", str(tmp_path / "kept"), verbosity=0)
    return next((tmp_path / "kept").glob("*.zip"))


def restore(file: Path, *options: str) -> str:
    said = StringIO()
    call_command("restore", str(file), *options, stdout=said)
    return said.getvalue()


def refused(file: Path, *options: str) -> str:
    """What it says. Nothing may have been changed by it."""
    before = everything()
    with pytest.raises(CommandError) as said:
        restore(file, *options)
    assert everything() == before
    return str(said.value)


def rewritten(file: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The same backup with another manifest."""
    new = file.with_name("rewritten.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(new, "w") as made:
        manifest = json.loads(old.read("manifest.json"))
        change(manifest)
        made.writestr("manifest.json", json.dumps(manifest))
        dump = old.namelist()[1]
        made.writestr(dump, old.read(dump))
    return new


def test_a_database_with_people_or_cases_is_not_replaced_unless_asked(backup, backups):
    said = refused(backup)
    assert "holds cases, triages, people" in said
    assert "--replace" in said
    assert list(backups.glob("*.zip")) == []


def test_asked_to_it_backs_up_what_is_there_and_that_can_be_put_back(backup, backups, practitioner):
    make_case(practitioner)
    said = restore(backup, "--replace")
    (safety,) = backups.glob("*-before-restore.zip")
    assert str(safety) in said
    assert Case.objects.count() == 1
    restore(safety, "--replace")
    assert Case.objects.count() == 2


def test_what_must_be_done_again_is_said(backup):
    said = restore(backup, "--replace")
    assert "deactivate whoever left since" in said
    assert "reapply_deletions" in said
    assert "the audit's chains are whole: 2." in said


def delete_the_case(by: User) -> Case:
    case = Case.objects.get()
    case = due(case if case.status == Status.CLOSED else closed(case, by))
    with transaction.atomic():
        delete_case(case=case, reason=DeletedBecause.ASKED, seen=last_number(case), by=by)
    return case


def test_a_case_that_was_deleted_here_since_does_not_come_back(dsl, backup):
    case = delete_the_case(by=dsl)
    said = restore(backup, "--replace")
    assert f"Case {case.reference} deleted again." in said
    assert not Case.objects.exists()
    assert Tombstone.objects.get().reference == case.reference
    assert verify_all().faults == []


def test_nor_where_whoever_deleted_it_came_after_the_backup(backup, dsl):
    case = delete_the_case(by=dsl)
    assert f"Case {case.reference} deleted again." in restore(backup, "--replace")
    assert not Case.objects.exists()
    assert Tombstone.objects.get().deleted_by is None
    assert guards.missing(connection) == []


def test_one_that_cannot_be_deleted_again_is_said(practitioner, dsl, guidance, tmp_path):
    """It was on legal hold when the backup was made."""
    case = closed(make_case(practitioner), dsl)
    set_hold(case=case, reason="An inquiry", seen=last_number(case), by=dsl)
    call_command("backup", str(tmp_path / "kept"), verbosity=0)
    lift_hold(case=case, reason="It ended", seen=last_number(case), by=dsl)
    delete_the_case(by=dsl)
    with pytest.raises(CommandError, match=rf"{case.reference}, .* legal hold"):
        restore(next((tmp_path / "kept").glob("*.zip")), "--replace")
    assert Case.objects.exists()


def test_if_the_safety_backup_cannot_be_made_nothing_is_replaced(backup, monkeypatch):
    def no_room(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring.making, "make", no_room)
    assert "No space left" in refused(backup, "--replace")


def test_that_it_was_done_is_in_the_audit(backup):
    destroy()
    restore(backup)
    assert Entry.objects.filter(organisation_id=None).latest("sequence").action == "backup.restored"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(format=2), "of a format that this version does not know"),
        (lambda m: m.pop("contents"), "manifest of this backup cannot be read"),
        (lambda m: m.update(surprise=1), "manifest of this backup cannot be read"),
        (lambda m: m.update(database="oracle"), "This backup is of oracle"),
        (lambda m: m.update(dump_sha256="0" * 64), "its dump is not the one"),
        (lambda m: m.update(dump_bytes=1), "its dump is not the one"),
        (
            lambda m: m["contents"]["migrations"].append("referrals.0999_later"),
            "by a later version of the product .*referrals.0999_later are not known here",
        ),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(backup, change, said):
    assert re.search(said, refused(rewritten(backup, change), "--replace"))


def test_one_changed_byte_is_found(backup):
    whole = backup.read_bytes()
    middle = len(whole) // 2
    backup.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    assert "is damaged" in refused(backup, "--replace")


@pytest.mark.parametrize("content", [b"", b"not a backup", b"PK\x03\x04" + b"x" * 99])
def test_what_is_no_backup_is_refused(guidance, tmp_path, content):
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    assert "is not a backup, or is damaged" in refused(file, "--replace")


def test_half_a_file_and_no_file_are_refused(backup):
    half = backup.with_name("half.zip")
    half.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    assert "is not a backup, or is damaged" in refused(half, "--replace")
    assert "No such file" in refused(backup.with_name("none.zip"), "--replace")


def test_a_guard_that_was_gone_when_the_backup_was_made_is_back(guidance, practitioner, tmp_path):
    make_case(practitioner)
    guards.drop(connection)
    call_command("backup", str(tmp_path), verbosity=0)
    destroy()
    restore(next(tmp_path.glob("*.zip")))
    assert guards.missing(connection) == []
    with pytest.raises(IntegrityError, match="Refused"):
        Entry.objects.all().delete()


def test_a_chain_that_was_broken_is_put_back_and_said(guidance, practitioner, tmp_path):
    """It may be the only backup there is."""
    make_case(practitioner)
    guards.drop(connection)
    row = Entry.objects.filter(organisation_id=practitioner.organisation_id).latest("sequence")
    Entry.objects.filter(pk=row.pk).update(action="case.closed")
    call_command("backup", str(tmp_path), verbosity=0)
    destroy()
    with pytest.raises(CommandError) as said:
        restore(next(tmp_path.glob("*.zip")))
    assert f"Organisation {practitioner.organisation_id}: row {row.sequence} is not" in str(
        said.value
    )
    assert Case.objects.count() == 1
    assert guards.missing(connection) == []


def test_rows_that_are_not_as_counted_are_said(backup):
    less = rewritten(backup, lambda m: m["contents"]["rows"].update(referrals_case=7))
    destroy()
    with pytest.raises(CommandError, match="referrals_case: 1 rows, not 7"):
        restore(less)


def test_heads_that_are_not_those_of_the_backup_are_said(backup):
    other = rewritten(backup, lambda m: m["contents"]["heads"][-1].update(hash="0" * 64))
    destroy()
    with pytest.raises(CommandError, match="the ends of the audit's chains"):
        restore(other)


def test_an_older_schema_is_brought_up_to_this_version(guidance, practitioner, tmp_path):
    make_case(practitioner)
    call_command("migrate", "mfa", "0002", verbosity=0)
    call_command("backup", str(tmp_path), verbosity=0)
    destroy()
    restore(next(tmp_path.glob("*.zip")))
    assert migrations_applied()


def test_sessions_put_into_a_backup_by_other_hands_end(
    guidance, dsl, client, tmp_path, monkeypatch
):
    for module in (postgresql, sqlite):
        monkeypatch.setattr(module, "SESSION_TABLES", ())
    client.force_login(dsl)
    call_command("backup", str(tmp_path), verbosity=0)
    destroy()
    restore(next(tmp_path.glob("*.zip")))
    assert client.get("/cases/")["Location"].startswith("/sign-in/")


def test_a_plain_copy_of_the_file_is_left_as_it_is(backup, tmp_path):
    """Restoring reads the backup, and does not use it up."""
    copy = shutil.copy(backup, tmp_path / "copy.zip")
    restore(backup, "--replace")
    assert backup.read_bytes() == Path(copy).read_bytes()


def test_a_load_that_fails_half_way_changes_nothing(backup, monkeypatch):
    """PostgreSQL: one transaction. SQLite: a dump that is not whole is not begun with."""
    extract = archive.extract

    def spoilt(source, manifest, target):
        extract(source, manifest, target)
        data = bytearray(target.read_bytes())
        data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
        target.write_bytes(data)

    monkeypatch.setattr(archive, "extract", spoilt)
    refused(backup, "--replace")
    assert Organisation.objects.exists()
