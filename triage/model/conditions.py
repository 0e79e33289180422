"""The shape of a rule: conditions declared as data, which a page can list and the code evaluates.

A clause is a statement in words that reads on from "It holds when", and after "it is not known
whether". `reads` names every answer key the test may look at.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from triage.model.facts import Facts
from triage.model.logic import F, T, Truth, U, all_of, any_of, truth
from triage.model.vocabulary import ORDER, PERSON_ORDER

# Contravariant: a condition that needs the facts alone also works where more is known.
Known = TypeVar("Known", bound=Facts, contravariant=True)
Paths = tuple[str, ...]

AGE, ROLES = "people.age", "people.roles"
VULNERABILITIES, AGENCY = "people.vulnerabilities", "people.agency_involvement"
CHILDREN = (AGE, ROLES, "image_kind")  # what says who is a party, and whether a child
PRESSURE = (ROLES, "pressure")

_PERSON_KEYS = tuple(f"people.{key}" for key in PERSON_ORDER)
_TABLE = {key: place for place, key in enumerate((*_PERSON_KEYS, *ORDER[1:]))}


@dataclass(frozen=True)
class Condition(Generic[Known]):
    """One ground or criterion. `rests_on` gives the answers behind it in one set of answers."""

    id: str
    clause: str
    reads: tuple[str, ...]
    source: str
    test: Callable[[Known], Truth]
    rests_on: Callable[[Known], Paths] | None = None
    doubt: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.clause[0].upper()}{self.clause[1:]}."

    def because(self, known: Known) -> Paths:
        """The paths it rests on: where nothing else is declared, the answers it reads."""
        return self.reads if self.rests_on is None else self.rests_on(known)

    def finding(self, value: Truth) -> str:
        """The clause that says this value of the condition."""
        return self.clause if value is T else self.doubt or f"it is not known whether {self.clause}"


@dataclass(frozen=True)
class Rule(Generic[Known]):
    """All of `needs`, and any of `grounds` where there are some. `id` is what the rule decides."""

    id: str
    title: str
    source: str
    needs: tuple[Condition[Known], ...] = ()
    grounds: tuple[Condition[Known], ...] = ()

    @property
    def conditions(self) -> tuple[Condition[Known], ...]:
        return (*self.needs, *self.grounds)

    @property
    def reads(self) -> tuple[str, ...]:
        return in_table_order(key for condition in self.conditions for key in condition.reads)

    def value(self, known: Known) -> Truth:
        needs = all_of(need.test(known) for need in self.needs)
        return min(needs, self.grounds_value(known)) if self.grounds else needs

    def grounds_value(self, known: Known) -> Truth:
        return any_of(ground.test(known) for ground in self.grounds)

    def decisive(self, known: Known) -> list[tuple[Condition[Known], Truth]]:
        """The conditions that made the rule true, or that keep it open, each with its value."""
        grounds = [(ground, ground.test(known)) for ground in self.grounds]
        needs = [(need, need.test(known)) for need in self.needs]
        if self.value(known) is U:
            needs = [(need, value) for need, value in needs if value is U]
        most = any_of(value for _, value in grounds)
        return needs + [(ground, value) for ground, value in grounds if value is most]

    def because(self, known: Known) -> Paths:
        """The answers behind the rule's value, in table order."""
        return in_path_order(
            path for condition, _ in self.decisive(known) for path in condition.because(known)
        )


def in_table_order(keys: Iterable[str]) -> tuple[str, ...]:
    """Each key once, in the order of the model's table."""
    return tuple(sorted(set(keys), key=_TABLE.__getitem__))


def in_path_order(paths: Iterable[str]) -> Paths:
    """Each path once: people first, one after the other, then the order of the table."""
    return tuple(sorted(set(paths), key=_place))


def _place(path: str) -> tuple[int, int]:
    if not path.startswith("people["):
        return (sys.maxsize, _TABLE[path])
    number, key = path.removeprefix("people[").split("].")
    return (int(number), _TABLE[f"people.{key}"])


def when(
    name: str,
    clause: str,
    reads: Iterable[str],
    source: str,
    test: Callable[[Known], bool],
    rests_on: Callable[[Known], Paths] | None = None,
) -> Condition[Known]:
    """A condition that is true or false, never unknown."""
    return Condition(name, clause, tuple(reads), source, lambda known: truth(test(known)), rests_on)


def answer_is(
    key: str, values: Iterable[str], clause: str, source: str, name: str = ""
) -> Condition[Facts]:
    """The condition that one answer is among these values: true or false, never unknown."""
    wanted = frozenset(values)
    return when(
        name or key, clause, [key], source, lambda known: getattr(known.answers, key) in wanted
    )


def answer_known(key: str, values: Iterable[str], clause: str, source: str) -> Condition[Facts]:
    """The same, but unknown where the answer is unknown."""
    meant = dict.fromkeys(values, T) | {"unknown": U}
    return Condition(
        id=key,
        clause=clause,
        reads=(key,),
        source=source,
        test=lambda known: meant.get(getattr(known.answers, key), F),
    )
