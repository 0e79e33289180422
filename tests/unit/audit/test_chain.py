"""The chain is checked against the format as docs/audit.md gives it, not against itself."""

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from audit import chain

AT = datetime(2026, 3, 4, 5, 6, 7, 89, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    sequence: int
    previous_hash: str = chain.START
    hash: str = ""
    organisation_id: int | None = 7
    actor_id: int | None = 3
    action: str = "case.read"
    object_type: str = "referrals.case"
    object_id: str = "12"
    at: datetime = AT
    format: int = 1


def sealed(row: Row) -> Row:
    return replace(row, hash=chain.digest(row))


def rows(count: int) -> list[Row]:
    made: list[Row] = []
    previous = chain.START
    for number in range(1, count + 1):
        made.append(sealed(Row(number, previous_hash=previous, object_id=str(number))))
        previous = made[-1].hash
    return made


def test_canonical_bytes_are_those_documented():
    expected = (
        b'[1,7,1,3,"case.read","referrals.case","12","2026-03-04T05:06:07.000089Z","'
        + b"0" * 64
        + b'"]'
    )
    assert chain.canonical(Row(1)) == expected
    assert chain.digest(Row(1)) == hashlib.sha256(expected).hexdigest()


def test_nulls_and_letters_outside_ascii_have_one_form():
    row = Row(1, organisation_id=None, actor_id=None, object_id='é"')
    assert chain.canonical(row).startswith(
        b'[1,null,1,null,"case.read","referrals.case","\\u00e9\\""'
    )


def test_the_same_moment_in_another_zone_is_the_same_row():
    summer = AT.astimezone(timezone(timedelta(hours=1)))
    assert chain.digest(Row(1, at=summer)) == chain.digest(Row(1))


@pytest.mark.parametrize("row", [Row(1, format=2), Row(1, at=AT.replace(tzinfo=None))])
def test_what_has_no_canonical_form_is_refused(row):
    with pytest.raises(ValueError, match=r"not known|time zone"):
        chain.canonical(row)


def test_every_field_changes_the_hash():
    changes = {
        "sequence": 2,
        "organisation_id": None,
        "actor_id": None,
        "action": "case.recorded",
        "object_type": "triage.draft",
        "object_id": "1",
        "at": AT + timedelta(microseconds=1),
        "previous_hash": "1" * 64,
    }
    digests = {chain.digest(replace(Row(1), **{name: new})) for name, new in changes.items()}
    assert len(digests | {chain.digest(Row(1))}) == len(changes) + 1


def test_a_whole_chain_has_no_break():
    whole = rows(5)
    assert chain.verify(whole) is None
    assert chain.verify(iter(whole), head=(5, whole[-1].hash)) is None
    assert chain.verify([]) is None
    assert chain.verify([], head=(0, chain.START)) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("actor_id", 4),
        ("action", "case.recorded"),
        ("object_id", "99"),
        ("at", AT + timedelta(days=1)),
        ("organisation_id", 8),
        ("hash", "f" * 64),
        ("format", 2),
    ],
)
def test_a_changed_row_is_found(name, value):
    whole = rows(5)
    whole[2] = replace(whole[2], **{name: value})
    assert chain.verify(whole) == 3


def test_a_row_changed_and_sealed_again_is_found_at_the_next():
    whole = rows(5)
    whole[2] = sealed(replace(whole[2], actor_id=4))
    assert chain.verify(whole) == 4


@pytest.mark.parametrize("gone", [1, 3])
def test_a_removed_row_is_found(gone):
    whole = rows(5)
    del whole[gone - 1]
    assert chain.verify(whole) == gone


def test_an_inserted_row_is_found():
    whole = rows(5)
    whole.insert(3, sealed(Row(4, previous_hash=whole[2].hash, action="outcome.read")))
    assert chain.verify(whole) == 5


def test_reordered_rows_are_found():
    whole = rows(5)
    whole[1], whole[3] = whole[3], whole[1]
    assert chain.verify(whole) == 2


def test_a_row_of_another_chain_is_found():
    whole = rows(3)
    whole.append(sealed(Row(4, previous_hash=whole[2].hash, organisation_id=8)))
    assert chain.verify(whole) == 4


def test_rows_taken_from_the_end_are_found_only_with_the_head():
    whole = rows(5)
    head = (5, whole[-1].hash)
    assert chain.verify(whole[:3]) is None
    assert chain.verify(whole[:3], head=head) == 4
    assert chain.verify([], head=head) == 1


def test_rows_added_after_the_head_or_in_place_of_it_are_found():
    whole = rows(5)
    assert chain.verify(whole, head=(3, whole[2].hash)) == 4
    assert chain.verify(whole, head=(5, "f" * 64)) == 5
