"""Between the rows of the database and the plain values of `guidance.content`."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from guidance.content import Conditions, EditionContent, Item, Kind

if TYPE_CHECKING:
    from guidance import models

# Columns and fields of one name, that need no translation.
PLAIN = (
    "key",
    "order",
    "title",
    "body",
    "source",
    "checked",
    "check_by",
    "check_locally",
    "short",
    "hint",
    "link",
)


def content_of(edition: "models.Edition") -> EditionContent:
    """Reads the edition's items with one query."""
    return EditionContent(
        number=edition.number,
        title=edition.title,
        note=edition.note,
        dated=edition.dated,
        items=tuple(_item_of(row) for row in edition.items.all()),
    )


def columns_of(item: Item) -> dict[str, Any]:
    """The item as columns of a row, all but its edition."""
    columns = {name: getattr(item, name) for name in PLAIN}
    return {**columns, "kind": item.kind.value, "conditions": _as_json(item)}


def _item_of(row: "models.Item") -> Item:
    held: Mapping[str, Any] = row.conditions
    return Item(
        kind=Kind(row.kind),
        when=_conditions(held.get("when", {})),
        unless=_conditions(held.get("unless", {})),
        from_flags=tuple(held.get("from_flags", ())),
        **{name: getattr(row, name) for name in PLAIN},
    )


def _as_json(item: Item) -> dict[str, Any]:
    """Only what is given, as an author would write it."""
    named = {
        "when": _given(asdict(item.when)),
        "unless": _given(asdict(item.unless)),
        "from_flags": list(item.from_flags),
    }
    return _given(named)


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    lists = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
    return {name: value for name, value in lists.items() if value}


def _conditions(held: Mapping[str, Any]) -> Conditions:
    lists = {name: tuple(ids) for name, ids in held.items() if name != "always"}
    return Conditions(always=held.get("always", False), **lists)
