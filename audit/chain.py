"""The hash chain: what is hashed for a row, and whether a run of rows is whole. Pure Python.

The format is fixed: docs/audit.md describes it so that anybody can check a chain without this
program. A change needs a new FORMAT number and must go on reading the old ones.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol

FORMAT = 1
# What the first row of a chain gives as the hash of the row before it.
START = "0" * 64


class Row(Protocol):
    """What a row must have to be hashed and checked."""

    format: int
    organisation_id: int | None
    sequence: int
    actor_id: int | None
    action: str
    object_type: str
    object_id: str
    at: datetime
    previous_hash: str
    hash: str


def canonical(row: Row) -> bytes:
    """The bytes that are hashed. Raises ValueError for an unknown format or a time without a zone.

    A JSON array in ASCII without spaces, in this order; text cannot run from one field into the
    next, because JSON quotes it.
    """
    if row.format != FORMAT:
        raise ValueError(f"audit row format {row.format} is not known")
    if row.at.tzinfo is None:
        raise ValueError("the time of an audit row needs a time zone")
    at = row.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = [
        row.format,
        row.organisation_id,
        row.sequence,
        row.actor_id,
        row.action,
        row.object_type,
        row.object_id,
        at,
        row.previous_hash,
    ]
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def digest(row: Row) -> str:
    """The row's hash: sha256 of its canonical bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical(row)).hexdigest()


def verify(rows: Iterable[Row], *, head: tuple[int, str] | None = None) -> int | None:
    """The sequence at which a chain first breaks, or None if it is whole.

    `rows` are one chain's, in the order of the chain. `head` is (sequence, hash) as last known:
    without it nothing shows that rows were taken from the end.
    """
    expected, previous, organisation = 1, START, None
    for row in rows:
        if expected == 1:
            organisation = row.organisation_id
        if not _follows(row, expected, previous, organisation):
            return expected
        expected, previous = expected + 1, row.hash
    last = expected - 1
    if head is None or head == (last, previous):
        return None
    return last if head[0] == last else min(last, head[0]) + 1


def _follows(row: Row, sequence: int, previous: str, organisation: int | None) -> bool:
    place = (row.sequence, row.previous_hash, row.organisation_id)
    if place != (sequence, previous, organisation):
        return False
    try:
        return row.hash == digest(row)
    except ValueError:
        return False
