"""Heads of chains, as lines that are kept elsewhere and given back. Pure Python.

A head is the end of a chain at some time: how many rows it had, and the hash of the last one. It
says nothing about anybody. One line each, JSON, keys in this order:

    {"chain": 7, "sequence": 120, "hash": "..."}

`chain` is the organisation's id; 0 is the chain of the service itself.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

HASH = re.compile(r"[0-9a-f]{64}")
# A head that was mailed may come back quoted, with a mark before it.
LINE = re.compile(r"[>\s]*(\{.*)", re.DOTALL)
KEYS = ("chain", "sequence", "hash")


@dataclass(frozen=True, order=True)
class KnownHead:
    """The end of a chain as it was once."""

    chain: int
    sequence: int
    hash: str

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def as_text(heads: Iterable[KnownHead]) -> str:
    """One line for each head."""
    return "".join(f"{head}\n" for head in heads)


def heads_in(text: str) -> list[KnownHead]:
    """The heads in a file, or in a mail that was saved as one: other lines do not count.

    Raises ValueError, in words for whoever gave it, for a line that begins as a head and is none,
    and for a text without any.
    """
    lines = enumerate(text.splitlines(), start=1)
    heads = [_head(found[1], number) for number, line in lines if (found := LINE.fullmatch(line))]
    if not heads:
        raise ValueError("There is no head in it.")
    return heads


def _head(text: str, number: int) -> KnownHead:
    try:
        values = json.loads(text)
    except ValueError:
        values = None
    if not isinstance(values, dict) or set(values) != set(KEYS) or not _makes_sense(**values):
        raise ValueError(f"Line {number} is not a head as verify_audit prints it.")
    return KnownHead(**values)


def _makes_sense(*, chain: object, sequence: object, hash: object) -> bool:
    numbers = all(type(number) is int and number >= 0 for number in (chain, sequence))
    return numbers and isinstance(hash, str) and bool(HASH.fullmatch(hash))
