"""Which entries of a chronology concern one person."""

from collections.abc import Collection
from dataclasses import dataclass

from referrals.export.held import Item
from referrals.models import Case, Event
from referrals.overview import Chronology


@dataclass(frozen=True)
class Concerned:
    """Entries about the person or about nobody in particular; `left_out`: those about others."""

    items: list[Item]
    left_out: int


def entries_about(case: Case, called: Collection[str], name: str) -> Concerned:
    """`called`: every reference by which the case ever called the person; `name` is the card's.

    An entry about somebody else is in if it has the person's name or a reference of theirs in it.
    """
    chronology = Chronology(case)
    words = [word.casefold() for word in (*called, name) if len(word) > 1]
    events = [e for e in chronology.events if _concerns(e, called, words)]
    items = [_item(chronology, event, called) for event in events]
    return Concerned(items, len(chronology.events) - len(events))


def _concerns(event: Event, called: Collection[str], words: list[str]) -> bool:
    about = event.data.get("person")
    return not about or about in called or any(word in event.words for word in words)


def _item(chronology: Chronology, event: Event, called: Collection[str]) -> Item:
    line = chronology.line(event)
    text = "\n".join(f"{part.lead} {part.text}" for part in line.parts)
    return Item(
        what=f"Entry {line.number}: {line.title}",
        text=text,
        at=line.happened_at,
        by=line.by,
        others=bool(text) and event.data.get("person") not in called,
    )
