"""The hash chain: what is hashed for a row, and whether a run of rows is whole. Pure Python.

The format is fixed: docs/audit.md describes it so that anybody can check a chain without this
program. A change needs a new FORMAT number and must go on reading the old ones.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Protocol

FORMAT = 1
# What the first row of a chain gives as the hash of the row before it.
START = "0" * 64


class Row(Protocol):
    """What a row must have to be hashed and checked. Read only."""

    @property
    def format(self) -> int: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def sequence(self) -> int: ...
    @property
    def actor_id(self) -> int | None: ...
    @property
    def action(self) -> str: ...
    @property
    def object_type(self) -> str: ...
    @property
    def object_id(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def previous_hash(self) -> str: ...
    @property
    def hash(self) -> str: ...


class Fault(Enum):
    """What is wrong with the first row of a chain that is not as it was written."""

    MISSING = auto()  # a later row stands in its place
    TWICE = auto()  # an earlier place is taken again, or it has none
    FOREIGN = auto()  # it belongs to another chain
    CUT_OFF = auto()  # it does not follow from the row before
    CHANGED = auto()  # its hash is not that of what it says


def canonical(row: Row) -> bytes:
    """The bytes that are hashed. Raises ValueError for an unknown format or a time without a zone.

    A JSON array in ASCII without spaces, in this order; text cannot run from one field into the
    next, because JSON quotes it.
    """
    if row.format != FORMAT:
        raise ValueError(f"audit row format {row.format} is not known")
    if not isinstance(row.at, datetime) or row.at.tzinfo is None:
        raise ValueError("an audit row needs a time, with a time zone")
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


class Walk:
    """Along one chain, row by row: `sequence` and `hash` are those of the last row that fits."""

    def __init__(self, organisation_id: int | None) -> None:
        self.organisation_id = organisation_id
        self.sequence = 0
        self.hash = START

    def step(self, row: Row) -> Fault | None:
        """Go on to this row, or say what is wrong with it and stay."""
        fault = self._fault(row)
        if fault is None:
            self.sequence, self.hash = row.sequence, row.hash
        return fault

    def _fault(self, row: Row) -> Fault | None:
        expected = self.sequence + 1
        if row.sequence != expected:
            # SQLite lets text stand where a number belongs, if somebody puts it there.
            later = isinstance(row.sequence, int) and row.sequence > expected
            return Fault.MISSING if later else Fault.TWICE
        if row.organisation_id != self.organisation_id:
            return Fault.FOREIGN
        if row.previous_hash != self.hash:
            return Fault.CUT_OFF
        try:
            return None if row.hash == digest(row) else Fault.CHANGED
        except ValueError:
            return Fault.CHANGED


def verify(rows: Iterable[Row], *, head: tuple[int, str] | None = None) -> int | None:
    """The sequence at which a chain first breaks, or None if it is whole.

    `rows` are one chain's, in the order of the chain. `head` is (sequence, hash) as last known:
    without it nothing shows that rows were taken from the end.
    """
    walk: Walk | None = None
    for row in rows:
        walk = walk or Walk(row.organisation_id)
        if walk.step(row):
            return walk.sequence + 1
    last, newest = (walk.sequence, walk.hash) if walk else (0, START)
    if head is None or head == (last, newest):
        return None
    return last if head[0] == last else min(last, head[0]) + 1
