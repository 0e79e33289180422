"""The front matter of one guidance file: what each key may hold, and the item it describes.

A file is `<folder of the kind>/<key>.md`: front matter in YAML between two lines of `---`, then the
text in Markdown. Every file has title, source, checked, check_by (dates) and order; a question has
`short` too. Conditions (`when`, `unless`) are `always: true` or lists of ids by name.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from guidance.catalogue import FLAGS
from guidance.content import Item, Kind
from guidance.values import conditions, day, https_link, ids, line, whole_number
from web import markdown

REQUIRED = ("title", "source", "checked", "check_by", "order")
ONLY_FOR: Mapping[str, tuple[Kind, ...]] = {
    "short": (Kind.QUESTION,),
    "hint": (Kind.QUESTION,),
    "link": (Kind.PROCEDURE, Kind.LAW),
    "when": (Kind.PROCEDURE, Kind.NEXT_STEP),
    "unless": (Kind.PROCEDURE, Kind.NEXT_STEP),
    "from_flags": (Kind.LAW,),
}

READERS: Mapping[str, Callable[[object], Any]] = {
    "title": line,
    "source": line,
    "checked": day,
    "check_by": day,
    "order": whole_number,
    "check_locally": line,
    "short": line,
    "hint": line,
    "link": https_link,
    "when": conditions,
    "unless": conditions,
    "from_flags": lambda value: ids(value, FLAGS),
}


class UniqueKeyLoader(yaml.SafeLoader):
    """Safe YAML in which a key given twice is an error, not the last one winning in silence."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        if twice := sorted({str(name) for name in names if names.count(name) > 1}):
            raise yaml.YAMLError(f"{', '.join(twice)} is given twice")
        return super().construct_mapping(node, deep)


def load_yaml(text: str) -> dict[str, object]:
    """A mapping of names. Raises ValueError saying what is wrong."""
    try:
        loaded = yaml.load(text, Loader=UniqueKeyLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise ValueError(f"the front matter is not valid YAML: {_one_line(error)}") from error
    except ValueError as error:  # a date that the calendar does not have
        raise ValueError(f"the front matter holds a bad value: {error}") from error
    if not isinstance(loaded, dict) or not all(isinstance(key, str) for key in loaded):
        raise ValueError("the front matter is not a list of names and values")
    return loaded


def split(text: str) -> tuple[dict[str, object], str]:
    """Front matter and body. Raises ValueError if the file does not begin with front matter."""
    matched = re.match(r"\A---[ ]*\n(.*?\n)---[ ]*(?:\n(.*))?\Z", text, re.DOTALL)
    if not matched:
        raise ValueError("the file does not begin with front matter between two lines of ---")
    return load_yaml(matched[1]), (matched[2] or "").strip()


def read_item(kind: Kind, key: str, text: str) -> tuple[Item | None, list[str]]:
    """The item, or None and every problem with the file."""
    try:
        given, body = split(text)
    except ValueError as error:
        return None, [str(error)]
    values, problems = read_values(kind, given)
    problems += _body_problems(body)
    if problems:
        return None, problems
    return Item(kind=kind, key=key, body=body, **values), []


def read_values(kind: Kind, given: Mapping[str, object]) -> tuple[dict[str, Any], list[str]]:
    """The keys of the front matter as an Item holds them, and what is wrong with them."""
    values: dict[str, Any] = {}
    problems = [f"{name} is missing" for name in _required(kind) if name not in given]
    for name, value in given.items():
        if name not in READERS or kind not in ONLY_FOR.get(name, tuple(Kind)):
            problems.append(f"unknown key {name!r} for a {kind.value}")
            continue
        try:
            values[name] = READERS[name](value)
        except ValueError as error:
            problems.append(f"{name} {error}")
    if not problems and values["check_by"] < values["checked"]:
        problems.append("check_by is before checked")
    return values, problems


def _required(kind: Kind) -> tuple[str, ...]:
    return (*REQUIRED, "short") if kind is Kind.QUESTION else REQUIRED


def _body_problems(body: str) -> list[str]:
    if not body:
        return ["there is no text under the front matter"]
    return [f"the text holds {thing}" for thing in markdown.refused(body)]


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())
