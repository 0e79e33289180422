"""What one value in a guidance file may be. Each reader raises ValueError with the words after it.

`order must be a whole number`: the caller puts the name of the value before what is raised.
"""

import re
from datetime import date, datetime

from guidance.catalogue import CONDITION_IDS
from guidance.content import Conditions


def line(value: object) -> str:
    """Raises ValueError unless it is one line of text."""
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be text (put it in quotes if it looks like something else)")
    if "\n" in value.strip():
        raise ValueError("must be one line")
    return value.strip()


def day(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("must be a date, written 2026-11-23")
    return value


def whole_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("must be a whole number, 1 or more")
    return value


def https_link(value: object) -> str:
    address = line(value)
    if not re.fullmatch(r"https://[^\s/\\]+\.[^\s\\]+", address):
        raise ValueError("must be a link that begins with https://")
    return address


def ids(value: object, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Raises ValueError unless it is a list of one or more allowed ids, none twice."""
    if not isinstance(value, list) or not value or not all(isinstance(i, str) for i in value):
        raise ValueError("must be a list of one or more ids")
    if unknown := [item for item in value if item not in allowed]:
        raise ValueError(f"names {', '.join(unknown)}, which the model does not have")
    if len(set(value)) < len(value):
        raise ValueError("names an id twice")
    return tuple(value)


def conditions(value: object) -> Conditions:
    """`always: true`, or lists of ids by name. Raises ValueError for anything else."""
    if not isinstance(value, dict) or not value:
        raise ValueError("must be conditions by name")
    lists: dict[str, tuple[str, ...]] = {}
    for name, given in value.items():
        if name == "always" and given is True:
            continue
        if name not in CONDITION_IDS:
            raise ValueError(f"holds {name!r}: {given!r}, which is no condition")
        try:
            lists[name] = ids(given, CONDITION_IDS[name])
        except ValueError as error:
            raise ValueError(f"{name} {error}") from error
    return Conditions(always="always" in value, **lists)
