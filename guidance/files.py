"""Editions of the guidance as folders of Markdown files."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from guidance import frontmatter, values
from guidance.content import EditionContent, Item, Kind
from guidance.errors import GuidanceError

KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
EDITION_FILE = "edition.yaml"
EDITION_KEYS: Mapping[str, Callable[[object], Any]] = {
    "number": values.whole_number,
    "title": values.line,
    "note": values.line,
    "published": values.day,
}


def read_editions(folder: Path) -> list[EditionContent]:
    """Every edition in the folder, one to a folder named by its number, oldest first.

    Raises GuidanceError with the problems of all of them.
    """
    editions: list[EditionContent] = []
    problems: list[str] = []
    for path in edition_folders(folder):
        try:
            editions.append(read_edition(path))
        except GuidanceError as error:
            problems += [f"{path.name}/{problem}" for problem in error.problems]
    if problems:
        raise GuidanceError(problems)
    return editions


def edition_folders(folder: Path) -> list[Path]:
    """The folders that hold an edition, oldest first; none if there is no such folder."""
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted((path for path in found if path.name.isdecimal()), key=lambda p: int(p.name))


def read_edition(folder: Path) -> EditionContent:
    """The edition in the folder. Raises GuidanceError listing every problem by file."""
    about, problems = _about(folder)
    items: list[Item] = []
    for kind in Kind:
        found, wrong = _items(folder, kind)
        items += found
        problems += wrong
    problems += _strays(folder)
    if problems:
        raise GuidanceError(problems)
    return EditionContent(items=tuple(items), **about)


def _about(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """What edition.yaml says, by the names of EditionContent."""
    try:
        given = frontmatter.load_yaml(_text(folder / EDITION_FILE))
    except ValueError as error:
        return {}, [f"{EDITION_FILE}: {error}"]
    problems = [f"{EDITION_FILE}: {name} is missing" for name in EDITION_KEYS if name not in given]
    read: dict[str, Any] = {}
    for name, value in given.items():
        try:
            read[name] = EDITION_KEYS[name](value)
        except KeyError:
            problems.append(f"{EDITION_FILE}: unknown key {name!r}")
        except ValueError as error:
            problems.append(f"{EDITION_FILE}: {name} {error}")
    if "number" in read and str(read["number"]) != folder.name:
        problems.append(f"{EDITION_FILE}: number {read['number']} in a folder {folder.name}")
    # What the files call it would be taken, in the program, for the time of publishing.
    dated: date | None = read.pop("published", None)
    return {**read, "dated": dated}, problems


def _items(folder: Path, kind: Kind) -> tuple[list[Item], list[str]]:
    items: list[Item] = []
    problems: list[str] = []
    for path in _visible(folder / kind.folder):
        item, wrong = _item(kind, path)
        problems += [f"{kind.folder}/{path.name}: {problem}" for problem in wrong]
        items += [item] if item else []
    orders = Counter(item.order for item in items)
    problems += [
        f"{kind.folder}/{item.key}.md: order {item.order} is used more than once"
        for item in items
        if orders[item.order] > 1
    ]
    return items, problems


def _item(kind: Kind, path: Path) -> tuple[Item | None, list[str]]:
    if path.suffix != ".md" or not KEY.fullmatch(path.stem):
        return None, ["the name is not a key of small letters, digits and _ followed by .md"]
    try:
        text = _text(path)
    except ValueError as error:
        return None, [str(error)]
    return frontmatter.read_item(kind, path.stem, text)


def _strays(folder: Path) -> list[str]:
    expected = {EDITION_FILE, *(kind.folder for kind in Kind)}
    return [
        f"{path.name}: not part of an edition"
        for path in _visible(folder)
        if path.name not in expected
    ]


def _visible(folder: Path) -> list[Path]:
    """What the folder holds, by name, but for what operating systems leave behind."""
    found = folder.iterdir() if folder.is_dir() else iter(())
    return sorted(path for path in found if not path.name.startswith("."))


def _text(path: Path) -> str:
    """Raises ValueError, in words, if the file is not there or is not text."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError("the file is not UTF-8") from error
    except OSError as error:
        raise ValueError("the file cannot be read") from error
    if "\0" in text:
        raise ValueError("the file holds a character that is no text")
    return text
