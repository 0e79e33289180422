"""What an edition of the guidance holds: plain values, the same from files as from a database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What an item is for. `folder` is where an edition on disk keeps that kind."""

    QUESTION = "question"
    OUTCOME = "outcome"
    RESPONSE = "response"
    PROCEDURE = "procedure"
    NEXT_STEP = "next_step"
    FLAG = "flag"
    PART = "part"
    LAW = "law"
    PAGE = "page"

    @property
    def folder(self) -> str:
        return "law" if self is Kind.LAW else f"{self.value}s"


@dataclass(frozen=True)
class Facts:
    """The part of an assessment that recommendations rest on, as ids."""

    category: str
    subtype: str | None
    flags: Collection[str]
    response: str


@dataclass(frozen=True)
class Conditions:
    """Holds when any listed value matches; `always` matches everything, an empty one nothing."""

    always: bool = False
    categories: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()

    def matching(self, facts: Facts) -> "Conditions":
        """These conditions without the values that do not match: what is left is the reason."""
        return Conditions(
            always=self.always,
            categories=tuple(c for c in self.categories if c == facts.category),
            subtypes=tuple(s for s in self.subtypes if s == facts.subtype),
            flags=tuple(f for f in self.flags if f in facts.flags),
            responses=tuple(r for r in self.responses if r == facts.response),
        )

    def holds(self, facts: Facts) -> bool:
        return self.matching(facts) != Conditions()


@dataclass(frozen=True)
class Item:
    """One text of an edition. `body` is Markdown; everything else shown is plain text.

    `when` and `unless` belong to procedures and next steps; `from_flags` to law notes, where
    an empty one means that the note is always shown.
    """

    kind: Kind
    key: str
    title: str
    body: str
    source: str
    checked: date
    check_by: date
    order: int
    check_locally: str = ""
    short: str = ""
    hint: str = ""
    link: str = ""
    when: Conditions = field(default_factory=Conditions)
    unless: Conditions = field(default_factory=Conditions)
    from_flags: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditionContent:
    """A whole edition. `dated` is the date it bears; items are kept by kind, then order."""

    number: int
    title: str
    note: str
    dated: date
    items: tuple[Item, ...]

    def __post_init__(self) -> None:
        kinds = list(Kind)

        def place(item: Item) -> tuple[int, int, str]:
            return kinds.index(item.kind), item.order, item.key

        object.__setattr__(self, "items", tuple(sorted(self.items, key=place)))

    @cached_property
    def _by_key(self) -> dict[tuple[Kind, str], Item]:
        return {(item.kind, item.key): item for item in self.items}

    def item(self, kind: Kind, key: str) -> Item:
        """The item of that kind and key. Raises KeyError if the edition has none."""
        return self._by_key[Kind(kind), key]

    def has(self, kind: Kind, key: str) -> bool:
        return (Kind(kind), key) in self._by_key

    def of_kind(self, kind: Kind) -> tuple[Item, ...]:
        """Every item of that kind, in order."""
        return tuple(item for item in self.items if item.kind == kind)

    def __iter__(self) -> Iterator[Item]:
        return iter(self.items)
