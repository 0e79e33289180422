"""`manage.py backup`: whole or not there, for its owner alone, and never over another."""

import json
import os
import stat
import subprocess
import sys
import time
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from audit.models import Entry, Head
from backup import archive, folder, making
from backup.databases import postgresql
from backup.errors import BackupError
from referrals.models import Case
from tests.factories.referrals import make_case
from tests.integration.timers import own_database
from tests.integration.web.processes import ROOT, environment

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Zebedee said something"


def files(path: Path) -> list[str]:
    return sorted(file.name for file in path.iterdir() if file.name != folder.LOCK)


def backup(*options: str) -> Path:
    """Makes one; gives the newest."""
    call_command("backup", *options, verbosity=0)
    chosen = next((Path(option) for option in options if option.startswith("/")), None)
    return max((chosen or settings.BACKUP_DIR).glob("triage-*.zip"), key=os.path.getmtime)


def dumped(file: Path) -> bytes:
    with zipfile.ZipFile(file) as held:
        return held.read(held.namelist()[1])


def test_the_file_says_what_is_in_it(guidance, practitioner, backups):
    case = make_case(practitioner)
    head = Head.objects.get(pk=case.organisation_id)
    file = backup()
    with zipfile.ZipFile(file) as held:
        said = json.loads(held.read("manifest.json"))
        assert held.testzip() is None
    assert (said["format"], said["database"]) == (1, connection.vendor)
    assert said["product"] == making.product_version()
    assert said["contents"]["rows"]["referrals_case"] == Case.objects.count() == 1
    ends = {end["chain"]: (end["sequence"], end["hash"]) for end in said["contents"]["heads"]}
    assert ends[case.organisation_id] == (head.sequence, head.hash)
    assert "referrals.0001_initial" in said["contents"]["migrations"]
    assert said["dump_bytes"] == len(dumped(file))


def test_it_is_for_its_owner_alone(guidance, backups):
    file = backup()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(backups.stat().st_mode) == 0o700
    assert files(backups) == [file.name]


def test_who_took_one_is_in_the_audit_and_so_is_when(guidance, backups):
    backup()
    last = Entry.objects.filter(organisation_id=None).latest("sequence")
    assert (last.action, last.actor_id, last.object_id) == ("backup.made", None, "")


def test_one_that_cannot_be_recorded_is_kept_and_that_is_said(guidance, backups, monkeypatch):
    def locked(**kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(making, "record", locked)
    with pytest.raises(CommandError, match=r"\.zip is whole, but that it was made is not in the"):
        backup()
    assert len(files(backups)) == 1


def test_a_database_that_is_away_is_said_without_its_own_words(guidance, backups, monkeypatch):
    def away(*args):
        raise OperationalError(f"row ({SECRET})")

    monkeypatch.setattr(making, "module_of", away)
    with pytest.raises(CommandError, match="No backup was made: the database did not") as said:
        backup()
    assert SECRET not in str(said.value)
    assert files(backups) == []


def test_two_of_one_second_are_two_files(guidance, backups):
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    with folder.opened(backups) as held:
        for text in ("first", "second"):
            (backups / "new").write_text(text)
            held.keep(backups / "new", at)
    assert files(backups) == ["triage-20260304T050607Z-2.zip", "triage-20260304T050607Z.zip"]
    assert (backups / "triage-20260304T050607Z.zip").read_text() == "first"


@pytest.mark.parametrize("where", ["measure", "write"])
def test_what_fails_leaves_nothing_behind(guidance, backups, monkeypatch, where):
    def no_room(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(archive, where, no_room)
    with pytest.raises(CommandError, match="No space left"):
        backup()
    assert files(backups) == []
    assert not Entry.objects.filter(action="backup.made").exists()


def test_what_a_killed_one_left_is_cleared_away(guidance, backups):
    left = backups / ".partial-abc"
    left.mkdir(parents=True)
    (left / "dump").write_text("half")
    file = backup()
    assert files(backups) == [file.name]


def test_a_process_that_is_killed_leaves_no_half_backup(guidance, backups, tmp_path):
    where = {"DEMO": "yes", "DATABASE_URL": own_database(), "BACKUP_DIR": str(backups)}
    command = [sys.executable, "manage.py", "backup"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(tmp_path, **where), stdout=subprocess.DEVNULL
    )
    while process.poll() is None and not list(backups.glob(".partial-*/backup.zip")):
        time.sleep(0.001)
    process.kill()
    process.wait(timeout=30)
    # Should it have been too quick for us, it is there, and whole.
    for file in backups.glob("triage-*.zip"):
        with zipfile.ZipFile(file) as held:
            assert held.testzip() is None
    backup()
    assert [name for name in files(backups) if name.startswith(".")] == []


def test_only_one_works_in_a_folder_at_a_time(guidance, backups):
    with folder.opened(backups), pytest.raises(CommandError, match="Another backup or restore"):
        backup()
    assert files(backups) == []


def test_old_ones_are_pruned_and_nothing_else(guidance, backups):
    backups.mkdir()
    old = [f"triage-2020010{day}T000000Z.zip" for day in (1, 2, 3)]
    # A clock that was wrong: newer by name than the one that is made.
    ahead = "triage-29990101T000000Z-before-restore.zip"
    others = ["triage-20200101T000000Z.zip.gpg", "notes.txt"]
    for name in [*old, ahead, *others]:
        (backups / name).touch()
    call_command("backup", "--keep", "3", verbosity=0)
    new = set(files(backups)) - {*old, ahead, *others}
    assert len(new) == 1
    assert set(files(backups)) == {old[2], ahead, *others, *new}


@pytest.mark.parametrize("number", ["0", "-1", "x"])
def test_keeping_none_is_refused(backups, number):
    with pytest.raises(CommandError):
        call_command("backup", "--keep", number)
    assert not backups.exists()


def test_another_folder_may_be_given(guidance, tmp_path, backups):
    file = backup(str(tmp_path / "else"))
    assert file.parent == tmp_path / "else"
    assert not backups.exists()


def test_nobody_goes_on_as_somebody_by_what_a_backup_holds(guidance, dsl, client, backups):
    client.force_login(dsl)
    key = client.session.session_key.encode()
    dump = _readable(backup())
    assert dsl.email.encode() in dump
    assert key not in dump


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL dumps rows, not pages")
def test_what_was_deleted_is_not_in_the_free_pages_of_a_backup(guidance, practitioner, backups):
    school = practitioner.organisation
    # Debian's SQLite overwrites what is deleted; others do not.
    connection.cursor().execute("PRAGMA secure_delete = OFF")
    school.local_note = SECRET * 400
    school.save()
    assert SECRET.encode() in dumped(backup())
    school.local_note = ""
    school.save()
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert SECRET.encode() in Path(connection.settings_dict["NAME"]).read_bytes(), "else no test"
    assert SECRET.encode() not in dumped(backup())


def _readable(file: Path) -> bytes:
    """The dump as text that could be searched."""
    dump = dumped(file)
    if connection.vendor == "sqlite":
        return dump
    script = [postgresql.find("pg_restore"), "--file=-"]
    return subprocess.run(script, input=dump, stdout=subprocess.PIPE, check=True).stdout


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite needs no other program")
class TestPrograms:
    def test_where_one_is_missing_it_says_what_to_install(self, guidance, backups, monkeypatch):
        monkeypatch.setattr(postgresql.shutil, "which", lambda name: None)
        monkeypatch.setattr(postgresql, "glob", lambda pattern: [])
        with pytest.raises(CommandError, match=r"pg_dump is not installed.*postgresql-client"):
            backup()
        assert files(backups) == []

    def test_one_that_fails_tells_why_and_no_rows(self, tmp_path):
        bad = tmp_path / "bad.sql"
        bad.write_text(f"COPY accounts_organisation FROM stdin;\n{SECRET}\n\\.\n")
        with pytest.raises(BackupError) as said:
            postgresql._run(connection, "psql", "--set=ON_ERROR_STOP=1", f"--file={bad}")
        assert "ERROR" in str(said.value)
        assert "DETAIL" not in str(said.value)
        assert "CONTEXT" not in str(said.value)


def test_a_database_that_is_not_there_is_not_made(backups, tmp_path, monkeypatch):
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict, "NAME", str(tmp_path / "none.sqlite3"))
        with pytest.raises(CommandError, match="There is no database at"):
            backup()
        assert not (tmp_path / "none.sqlite3").exists()
        assert files(backups) == []
