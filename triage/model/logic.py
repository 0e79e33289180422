"""Kleene's strong three-valued logic: false < unknown < true, OR is the most and AND the least.

Source: the triage model, section 2.
"""

from collections.abc import Iterable
from enum import IntEnum


class Truth(IntEnum):
    """A truth value. Compare it by name (`is T`): it is never used as a plain yes or no."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> bool:
        """Refuse `if truth:`, which would silently take unknown for yes. Raises TypeError."""
        raise TypeError("A truth value has three values: compare it with T, U or F")


F, U, T = Truth.FALSE, Truth.UNKNOWN, Truth.TRUE


def any_of(truths: Iterable[Truth]) -> Truth:
    """OR: over nothing, false."""
    return max(truths, default=F)


def all_of(truths: Iterable[Truth]) -> Truth:
    """AND: over nothing, true."""
    return min(truths, default=T)


def truth(known: bool) -> Truth:
    """A plain yes or no as a truth value."""
    return T if known else F


def negated(value: Truth) -> Truth:
    """NOT: what is unknown stays unknown."""
    return Truth(T - value)
