"""Whether a value may stand under a key. Each check returns the problems found, if any.

A problem names the key and what is allowed. It never repeats the value, which may be about a
child; an unknown key is named, since nothing else says which one it was.
"""

import unicodedata
from collections.abc import Iterable

from triage.model.vocabulary import (
    LISTS,
    MAX_AGE,
    MAX_REF,
    ORDER,
    PERSON_ORDER,
    PERSON_VALUES,
    SCALARS,
    UNKNOWN,
)

NAMED_KEY_LENGTH = 60  # enough to find a misspelt key; a key of a megabyte is not repeated whole


def check(key: str, value: object, path: str) -> list[str]:
    """The problems with one answer other than `people`; `key` is a key of the table."""
    if key in SCALARS:
        return check_choice(value, SCALARS[key], path)
    if key in LISTS:
        return check_list(value, LISTS[key], path)
    return check_services(value, path)


def check_person_key(key: str, value: object, path: str) -> list[str]:
    """The problems with one answer about a person; `key` is one of PERSON_ORDER."""
    if key == "ref":
        return check_ref(value, path)
    if key == "age":
        return check_age(value, path)
    if key == "agency_involvement":
        return check_choice(value, PERSON_VALUES[key], path)
    return check_list(value, PERSON_VALUES[key], path)


def check_choice(value: object, allowed: tuple[str, ...], path: str) -> list[str]:
    if isinstance(value, str) and value in allowed:
        return []
    return [f"{path} must be one of: {', '.join(allowed)}."]


def check_list(value: object, allowed: tuple[str, ...], path: str) -> list[str]:
    known = isinstance(value, list | tuple) and all(
        isinstance(item, str) and item in allowed for item in value
    )
    if known:
        return check_items(value, path)  # type: ignore[arg-type]  # just seen to be a list of text
    return [f"{path} must be a list, and each item one of: {', '.join(allowed)}."]


def check_items(items: list[str] | tuple[str, ...], path: str) -> list[str]:
    """No item twice, and `unknown` only by itself."""
    problems = []
    if len(set(items)) < len(items):
        problems.append(f"{path} must be a list with no item repeated.")
    if UNKNOWN in items and set(items) != {UNKNOWN}:
        problems.append(f'{path} must be ["unknown"] or a list without "unknown".')
    return problems


def check_services(value: object, path: str) -> list[str]:
    if isinstance(value, list | tuple) and all(is_text(item) and item for item in value):
        return check_items(value, path)
    return [f"{path} must be a list, and each item the name of an app or service as text."]


def check_ref(value: object, path: str) -> list[str]:
    """1 to 40 characters, counted as given: a form may strip spaces, the model changes nothing."""
    if is_text(value) and 1 <= len(value) <= MAX_REF:  # type: ignore[arg-type]
        return []
    return [f"{path} must be text of 1 to {MAX_REF} characters."]


def check_age(value: object, path: str) -> list[str]:
    # `type(...) is int`: to Python a boolean is an int, and 15.0 equals 15.
    if type(value) is int and 0 <= value <= MAX_AGE:
        return []
    if isinstance(value, str) and value in PERSON_VALUES["age"]:
        return []
    bands = ", ".join(PERSON_VALUES["age"])
    return [f"{path} must be a whole number from 0 to {MAX_AGE} or one of: {bands}."]


def is_text(value: object) -> bool:
    """Text that can be stored and shown: no control characters and no halves of a character."""
    return isinstance(value, str) and not any(
        unicodedata.category(character) in ("Cc", "Cs") for character in value
    )


def check_keys(keys: Iterable[object], allowed: tuple[str, ...], where: str = "") -> list[str]:
    """One problem for each key that is not one of `allowed`."""
    strange = [key for key in keys if key not in allowed]
    return [f"{where}{named(key)} is no key. Keys: {', '.join(allowed)}." for key in strange]


def named(key: object) -> str:
    """A key as it can be shown: unprintable characters escaped, long ones cut."""
    return repr(key[:NAMED_KEY_LENGTH]) if isinstance(key, str) else "Something that is not text"


def check_answers(data: object) -> list[str]:
    """The problems with a whole set of answers."""
    if not isinstance(data, dict):
        return [f"The answers must be an object with the keys: {', '.join(ORDER)}."]
    problems = check_keys(data, ORDER) + check_people(data.get("people"))
    for key in ORDER[1:]:
        if key in data:
            problems += check(key, data[key], key)
    return problems


def check_people(value: object) -> list[str]:
    if not isinstance(value, list) or not value:
        return [f"people must be a list of at least one person: {', '.join(PERSON_ORDER)}."]
    return [
        problem
        for number, person in enumerate(value)
        for problem in check_person(person, f"people[{number}]")
    ]


def check_person(person: object, path: str) -> list[str]:
    if not isinstance(person, dict):
        return [f"{path} must be an object with the keys: {', '.join(PERSON_ORDER)}."]
    problems = check_keys(person, PERSON_ORDER, f"{path}.")
    for key in PERSON_ORDER:
        if key in person or key == "ref":
            problems += check_person_key(key, person.get(key), f"{path}.{key}")
    return problems
