"""`manage.py verify_audit` against every way to falsify the audit; what it cannot find, too."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit import guards, verifying
from audit.acts import Act
from audit.chain import digest
from audit.models import Entry, Head
from audit.recorder import SYSTEM, record
from tests.factories.accounts import OrganisationFactory
from tests.integration.audit.tampering import chain_of, seal_again, sql, tamper, verify

pytestmark = pytest.mark.django_db
LENGTH = 7


def grow(organisation, times=LENGTH):
    for _ in range(times):
        with transaction.atomic():
            record(
                by=SYSTEM,
                action=Act.DEMO_LOADED,
                obj=OrganisationFactory(),
                organisation=organisation,
            )


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    """So that each chain takes more than one."""
    monkeypatch.setattr(verifying, "BATCH", 3)


@pytest.fixture
def here():
    """One of two organisations with a chain; the service has one, too."""
    here, there = OrganisationFactory(), OrganisationFactory()
    for organisation in (here, there, None):
        grow(organisation)
    return here


@pytest.fixture
def exported(here, tmp_path):
    """What the command printed before anything was done, as a file."""
    file = tmp_path / "heads"
    file.write_text(verify()[0])
    return file


def assert_found(organisation, says, *options):
    out, err, fine = verify(*options)
    assert not fine
    assert err == f"Organisation {organisation.pk}: {says}\n"
    # No head of a chain that is not whole: it would become what it is measured by.
    assert out.startswith('{"chain": 0, ')
    assert f'"chain": {organisation.pk},' not in out


def test_a_whole_audit_prints_the_head_of_every_chain(here):
    out, err, fine = verify()
    assert fine
    assert err == f"The audit verifies: chains 3, rows {3 * LENGTH}.\n"
    heads = Head.objects.order_by("pk")
    assert [json.loads(line) for line in out.splitlines()] == [
        {"chain": head.pk, "sequence": LENGTH, "hash": head.hash} for head in heads
    ]
    assert out.splitlines()[0] == str(f'{{"chain": 0, "sequence": 7, "hash": "{heads[0].hash}"}}')


def test_an_audit_without_a_row_verifies():
    assert verify() == ("", "The audit verifies: chains 0, rows 0.\n", True)


def test_rows_that_came_since_are_no_fault(here, exported):
    grow(here, 2)
    assert verify("--heads", exported)[2]
    assert verify("--heads", exported)[0] != exported.read_text()


@pytest.mark.parametrize("place", ["_head", "_rows"])
def test_rows_that_come_while_it_looks_are_no_fault(here, exported, monkeypatch, place):
    """Before and after each look at a head, and at the rows: the chain grows at every point."""
    look = getattr(verifying, place)

    def look_while_others_work(*args):
        grow(here, 1)
        found = look(*args)
        grow(here, 1)
        return found

    monkeypatch.setattr(verifying, place, look_while_others_work)
    _, err, fine = verify("--heads", exported)
    assert fine, err
    assert chain(here).count() > LENGTH


@pytest.mark.parametrize("row", [1, 4, LENGTH])
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("format", 2),
        ("actor_id", 5),
        ("action", "case.read"),
        ("object_type", "triage.draft"),
        ("object_id", "99"),
        ("at", "2026-01-01 00:00:00+00:00"),
        ("hash", "f" * 64),
    ],
)
def test_a_changed_column_is_found(here, row, column, value):
    tamper(
        lambda: sql(
            f"UPDATE audit_entry SET {column} = %s WHERE organisation_id = %s AND sequence = %s",  # noqa: S608
            value,
            here.pk,
            row,
        )
    )
    assert_found(here, f"row {row} is not as it was written.")


def test_a_changed_link_to_the_row_before_is_found(here):
    tamper(lambda: chain(here).filter(sequence=4).update(previous_hash="f" * 64))
    assert_found(here, "row 4 does not follow from the row before: one of them was changed.")


def test_a_changed_place_is_found(here):
    tamper(lambda: chain(here).filter(sequence=4).update(sequence=40))
    assert_found(here, "row 4 is missing.")


def test_a_change_with_its_own_hash_worked_out_again_is_found(here):
    def act():
        row = chain(here).get(sequence=4)
        row.action = Act.CASE_READ
        row.hash = digest(row)
        row.save()

    tamper(act)
    assert_found(here, "row 5 does not follow from the row before: one of them was changed.")


def test_the_last_row_changed_with_its_own_hash_is_found_by_the_head(here):
    def act():
        row = chain(here).get(sequence=LENGTH)
        row.actor_id = 99
        row.hash = digest(row)
        row.save()

    tamper(act)
    assert_found(here, f"its head has another hash than row {LENGTH}.")


@pytest.mark.parametrize("row", [1, 3, 4])
def test_a_deleted_row_is_found(here, row):
    tamper(lambda: chain(here).filter(sequence=row).delete())
    assert_found(here, f"row {row} is missing.")


def test_a_deleted_row_whose_place_was_closed_is_found(here):
    def act():
        chain(here).filter(sequence=4).delete()
        for row in chain_of(here.pk)[3:]:
            row.sequence -= 1
            row.hash = digest(row)
            row.save()

    tamper(act)
    assert_found(here, "row 4 does not follow from the row before: one of them was changed.")


def test_an_inserted_row_with_its_own_hash_is_found(here):
    def act():
        for row in reversed(chain_of(here.pk)[3:]):
            row.sequence += 1
            row.save()
        before = chain(here).get(sequence=3)
        new = chain(here).get(sequence=3)
        new.pk, new.sequence, new.previous_hash = None, 4, before.hash
        new.hash = digest(new)
        new.save(force_insert=True)

    tamper(act)
    assert_found(here, "row 5 does not follow from the row before: one of them was changed.")


def test_two_rows_in_each_others_place_are_found(here):
    def act():
        first, second = chain(here).get(sequence=3), chain(here).get(sequence=5)
        first.sequence, second.sequence = 1000, 3
        first.save()
        second.save()
        first.sequence = 5
        first.save()

    tamper(act)
    assert_found(here, "row 3 does not follow from the row before: one of them was changed.")


def test_a_row_moved_to_another_organisation_is_found_in_both(here):
    """And where its old chain is mended as well, in the new one."""
    there = Head.objects.exclude(pk__in=[0, here.pk]).get().pk

    def act():
        chain(here).filter(sequence=LENGTH).update(organisation_id=there, sequence=LENGTH + 1)

    tamper(act)
    shorter, longer = verify()[1].splitlines()
    says = "its head says that it ends at row 7, but the last is row 6."
    assert shorter == f"Organisation {here.pk}: {says}"
    says = "row 8 does not follow from the row before: one of them was changed."
    assert longer == f"Organisation {there}: {says}"


def test_a_row_in_an_organisation_that_cannot_be_is_found(here):
    tamper(lambda: chain(here).filter(sequence=LENGTH).update(organisation_id=0))
    assert "Organisation 0: no organisation has this number" in verify()[1]


def test_a_cut_tail_is_found_by_the_head(here):
    tamper(lambda: chain(here).filter(sequence__gt=5).delete())
    assert_found(here, "its head says that it ends at row 7, but the last is row 5.")


def test_a_head_that_was_set_back_alone_is_found(here):
    hash_ = chain(here).get(sequence=5).hash
    Head.objects.filter(pk=here.pk).update(sequence=5, hash=hash_)
    assert_found(here, "its head says that it ends at row 5, but the last is row 7.")


def test_a_head_with_another_hash_is_found(here):
    Head.objects.filter(pk=here.pk).update(hash="f" * 64)
    assert_found(here, "its head has another hash than row 7.")


def test_a_missing_head_is_found(here):
    tamper(lambda: Head.objects.filter(pk=here.pk).delete())
    assert_found(here, "its head is missing, and it has 7 rows.")


def test_a_head_without_its_chain_is_found(here):
    tamper(lambda: chain(here).delete())
    assert_found(here, "its head says that it ends at row 7, but the last is row 0.")


def test_guards_that_are_gone_are_found(here):
    guards.drop(connection)
    _, err, fine = verify()
    assert not fine
    assert "lacks guards" in err
    assert "guard_audit_entry_delete" in err


# What the database alone cannot show, and a head kept elsewhere can.


def cut_and_mended(here):
    chain(here).filter(sequence__gt=5).delete()
    hash_ = chain(here).get(sequence=5).hash
    Head.objects.filter(pk=here.pk).update(sequence=5, hash=hash_)


def one_row_left_out(here):
    chain(here).filter(sequence=4).delete()
    seal_again(here.pk)


def everything_worked_out_again(here):
    chain(here).filter(sequence=4).update(actor_id=99)
    seal_again(here.pk)


def whole_chain_removed(here):
    chain(here).delete()
    Head.objects.filter(pk=here.pk).delete()


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (cut_and_mended, "from row 6 on it is gone: an exported head is at row 7."),
        (one_row_left_out, "from row 7 on it is gone: an exported head is at row 7."),
        (
            everything_worked_out_again,
            "row 7 is not that of an exported head: it, or one before it, was changed, and every "
            "hash since was worked out again.",
        ),
        (whole_chain_removed, "all of it is gone: an exported head is at row 7."),
    ],
)
def test_only_an_exported_head_finds_it(here, exported, act, says):
    tamper(lambda: act(here))
    assert verify()[2], "nothing in the database shows it: docs/audit.md says so"
    assert_found(here, says, "--heads", exported)


def test_what_was_worked_out_again_up_to_a_break_is_found_before_the_break(here, exported):
    """Else what is in doubt would seem to begin at the break."""
    grow(here, 3)

    def act():
        chain(here).filter(sequence=2).update(actor_id=99)
        before = chain(here).get(sequence=1).hash
        for row in chain_of(here.pk)[1:8]:
            row.previous_hash = before
            before = row.hash = digest(row)
            row.save()

    tamper(act)
    assert "row 9 does not follow" in verify()[1]
    assert "row 7 is not that of an exported head" in verify("--heads", exported)[1]


def test_new_rows_do_not_hide_it(here, exported):
    tamper(lambda: cut_and_mended(here))
    grow(here, 4)
    assert verify()[2]
    assert "row 7 is not that of an exported head" in verify("--heads", exported)[1]


def test_rows_forged_at_the_end_are_not_found(here, exported):
    """No secret goes into a hash, so whoever may write to the table can add rows."""

    def act():
        row = chain(here).get(sequence=LENGTH)
        row.pk, row.sequence, row.previous_hash = None, LENGTH + 1, row.hash
        row.hash = digest(row)
        row.save(force_insert=True)
        Head.objects.filter(pk=here.pk).update(sequence=row.sequence, hash=row.hash)

    tamper(act)
    assert verify("--heads", exported)[2]


def test_each_of_several_heads_of_a_chain_is_checked(here, exported):
    grow(here, 3)
    tamper(lambda: chain(here).filter(sequence=9).update(actor_id=99) and seal_again(here.pk))
    assert verify("--heads", exported)[2]
    other = f'{{"chain": {here.pk}, "sequence": 9, "hash": "{"0" * 64}"}}\n'
    exported.write_text(exported.read_text() + other)
    assert "row 9 is not that of an exported head" in verify("--heads", exported)[1]


def test_heads_are_read_from_standard_input_and_from_a_quoted_mail(here, exported, monkeypatch):
    lines = exported.read_text().splitlines(keepends=True)
    mail = "The audit verifies.\n\n" + "".join(f"> {line}" for line in lines)
    tamper(lambda: cut_and_mended(here))
    monkeypatch.setattr("sys.stdin", io.StringIO(mail))
    assert_found(here, "from row 6 on it is gone: an exported head is at row 7.", "--heads", "-")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is no head in it."),
        ("Nothing of the kind.", "There is no head in it."),
        ('\n{"chain": 1}', "Line 2 is not a head"),
        ('{"chain": 1, "sequence": 1, "hash": "zz"}', "Line 1 is not a head"),
        ('{"chain": -1, "sequence": 1, "hash": "' + "0" * 64 + '"}', "Line 1 is not a head"),
        ('{"chain": true, "sequence": 1, "hash": "' + "0" * 64 + '"}', "Line 1 is not a head"),
        ('{"chain": 1, "sequence": "1", "hash": "' + "0" * 64 + '"}', "Line 1 is not a head"),
        ("{nonsense", "Line 1 is not a head"),
    ],
)
def test_a_file_that_holds_no_heads_is_refused(here, tmp_path, text, says):
    file = tmp_path / "heads"
    file.write_text(text)
    with pytest.raises(CommandError, match=says):
        call_command("verify_audit", "--heads", str(file))


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("verify_audit", "--heads", str(tmp_path / "none"))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite keeps any value anywhere")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "soon"),
        ("at", 5),
        ("sequence", "many"),
        ("object_id", b"\xff"),
        ("actor_id", "x"),
        ("organisation_id", "x"),
    ],
)
def test_a_value_that_no_field_could_hold_is_found(here, column, value):
    tamper(
        lambda: sql(
            f"UPDATE audit_entry SET {column} = %s WHERE organisation_id = %s AND sequence = 4",  # noqa: S608
            value,
            here.pk,
        )
    )
    assert not verify()[2]


def chain(organisation):
    return Entry.objects.filter(organisation_id=organisation.pk)
