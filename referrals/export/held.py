"""What is held on one person, as data: the page, the table and the file are all made from this."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from referrals.models import Case


@dataclass(frozen=True)
class Item:
    """One thing that is held. `others`: other people's data may be in it."""

    what: str
    text: str
    at: datetime | None = None
    by: str = ""
    others: bool = False


@dataclass(frozen=True)
class Part:
    title: str
    items: list[Item]


@dataclass(frozen=True)
class HeldInCase:
    """What one case holds. `left_out`: how many entries name somebody else alone."""

    case: Case
    called: str
    parts: list[Part]
    left_out: int

    @property
    def filled(self) -> list[Part]:
        return [part for part in self.parts if part.items]


@dataclass(frozen=True)
class Held:
    """What all the cases hold that the reader may see."""

    cases: list[HeldInCase] = field(default_factory=list)

    @property
    def rows(self) -> Iterator[tuple[HeldInCase, Part, Item]]:
        for held in self.cases:
            for part in held.filled:
                for item in part.items:
                    yield held, part, item


def lines(what: str, texts: Iterable[str]) -> Iterator[Item]:
    for text in texts:
        yield Item(what, text)
