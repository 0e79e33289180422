"""Guidance for tests: small editions, whole ones, and the one that ships."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from audit.recorder import SYSTEM
from guidance.actions import load_edition, publish_edition
from guidance.catalogue import REQUIRED
from guidance.content import Conditions, EditionContent, Item, Kind
from guidance.files import read_editions
from guidance.models import Edition

ALWAYS = Conditions(always=True)
FRONT_MATTER = """\
title: A title
source: A section of the source
checked: 2026-11-23
check_by: 2027-05-23
order: 10
"""
ABOUT = "number: 1\ntitle: First edition\nnote: Made for a test\npublished: 2026-11-23\n"


def make_item(kind: Kind, key: str, **values: Any) -> Item:
    made = Item(
        kind=kind,
        key=key,
        title=f"Title of {key}",
        body=f"Text of {key}.",
        source="A section of the source",
        checked=date(2026, 11, 23),
        check_by=date(2027, 5, 23),
        order=10,
    )
    return replace(made, **values)


def make_edition(*items: Item, number: int = 1) -> EditionContent:
    return EditionContent(
        number=number,
        title=f"Edition {number}",
        note="Made for a test",
        dated=date(2026, 11, 23),
        items=items,
    )


def complete_items() -> list[Item]:
    """One item for everything the product can show, and a law note."""
    required = [(kind, key) for kind, keys in REQUIRED.items() for key in keys]
    return [
        make_item(kind, key, order=place, when=_when(kind))
        for place, (kind, key) in enumerate([*required, (Kind.LAW, "a_law")], start=1)
    ]


def complete_edition(number: int = 1, *, without: Iterable[str] = ()) -> EditionContent:
    items = [item for item in complete_items() if item.key not in set(without)]
    return make_edition(*items, number=number)


def write_edition(folder: Path, files: dict[str, str] | None = None) -> Path:
    """An edition on disk: edition.yaml, unless `files` brings its own, and the files given."""
    for name, text in {"edition.yaml": ABOUT, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def file_text(extra: str = "", body: str = "Some text.", front: str = FRONT_MATTER) -> str:
    return f"---\n{front}{extra}---\n{body}\n"


@cache
def shipped_content() -> EditionContent:
    """The newest edition that ships with the product."""
    return read_editions(settings.GUIDANCE_DIR)[-1]


def publish_shipped() -> Edition:
    """That edition in the database, published: what a test of a page stands on."""
    return publish(shipped_content())


def publish(content: EditionContent) -> Edition:
    edition = load_edition(content=content, by=SYSTEM)
    if edition.status == Edition.Status.DRAFT:
        publish_edition(edition=edition, by=SYSTEM)
    return edition


def _when(kind: Kind) -> Conditions:
    return ALWAYS if kind in (Kind.PROCEDURE, Kind.NEXT_STEP) else Conditions()
