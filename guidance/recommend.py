"""What an edition recommends for an assessment, and why, in words."""

from dataclasses import dataclass

from guidance.content import Conditions, EditionContent, Facts, Item, Kind

# The two categories that are only ever shown through their sub-types, so have no outcome text.
CATEGORY_NAMES = {"experimental": "Experimental", "aggravated": "Aggravated"}


@dataclass(frozen=True)
class Recommendations:
    """Items in the edition's order."""

    procedures: tuple[Item, ...]
    next_steps: tuple[Item, ...]


def recommend(edition: EditionContent, facts: Facts) -> Recommendations:
    return Recommendations(
        procedures=_recommended(edition, Kind.PROCEDURE, facts),
        next_steps=_recommended(edition, Kind.NEXT_STEP, facts),
    )


def law_notes(edition: EditionContent, facts: Facts) -> tuple[Item, ...]:
    """The law notes that are always shown, or that one of the flags makes relevant."""
    return tuple(
        note
        for note in edition.of_kind(Kind.LAW)
        if not note.from_flags or set(note.from_flags) & set(facts.flags)
    )


def why(edition: EditionContent, item: Item, facts: Facts) -> str:
    """One sentence on why the item is recommended; empty if it is not recommended."""
    if item.unless.holds(facts):
        return ""
    if item.when.always:
        return "Always recommended."
    names = _names(edition, item.when.matching(facts))
    return f"Because of: {'; '.join(names)}." if names else ""


def _recommended(edition: EditionContent, kind: Kind, facts: Facts) -> tuple[Item, ...]:
    return tuple(
        item
        for item in edition.of_kind(kind)
        if item.when.holds(facts) and not item.unless.holds(facts)
    )


def _names(edition: EditionContent, conditions: Conditions) -> list[str]:
    """The conditions in the edition's own words."""
    return [
        *(_outcome(edition, key) for key in (*conditions.categories, *conditions.subtypes)),
        *(f"the flag “{_title(edition, Kind.FLAG, key)}”" for key in conditions.flags),
        *(f"the response “{_title(edition, Kind.RESPONSE, key)}”" for key in conditions.responses),
    ]


def _outcome(edition: EditionContent, key: str) -> str:
    name = CATEGORY_NAMES.get(key) or _title(edition, Kind.OUTCOME, key)
    return f"the classification “{name}”"


def _title(edition: EditionContent, kind: Kind, key: str) -> str:
    return edition.item(kind, key).title
