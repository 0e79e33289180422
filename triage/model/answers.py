"""The answers: what is known about an incident, checked once and never changed.

Source: the triage model, section 1.
"""

import re
from dataclasses import dataclass, fields, replace
from typing import Any

from triage.model.checks import check, check_answers, check_person_key
from triage.model.vocabulary import PERSON_ORDER, UNKNOWN

Value = str | int | tuple[str, ...]
NOT_KNOWN = (UNKNOWN,)
_PERSON_PATH = re.compile(r"people\[(0|[1-9][0-9]{0,5})\]\.([a-z_]+)")


class AnswersError(ValueError):
    """The answers are not in the canonical form; `problems` says where, a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Person:
    """Someone involved, by the setting's own reference."""

    ref: str
    age: int | str = UNKNOWN
    roles: tuple[str, ...] = ()
    vulnerabilities: tuple[str, ...] = NOT_KNOWN
    agency_involvement: str = UNKNOWN


@dataclass(frozen=True)
class Answers:
    """Every answer of the model's table; what was not given is unknown, as the table says."""

    people: tuple[Person, ...]
    immediate_risk: str = UNKNOWN
    repeat_incident: str = UNKNOWN
    image_kind: str = UNKNOWN
    audience: str = UNKNOWN
    services: tuple[str, ...] = ()
    still_accessible: str = UNKNOWN
    relationship: str = UNKNOWN
    willing_making: str = UNKNOWN
    willing_sharing: str = UNKNOWN
    recipient_wanted: str = UNKNOWN
    pressure: tuple[str, ...] = NOT_KNOWN
    making_motive: str = UNKNOWN
    onward_motive: str = UNKNOWN
    adult_contact: str = UNKNOWN
    position_of_trust: str = UNKNOWN
    capacity_concern: str = UNKNOWN
    extreme_content: str = UNKNOWN
    emotional_impact: str = UNKNOWN
    criminal_consequences: str = UNKNOWN
    long_term_impact: tuple[str, ...] = NOT_KNOWN

    def as_json(self) -> dict[str, Any]:
        """The canonical form, every key present: `parse` gives these answers back from it."""
        answers = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        people = [{key: _plain(getattr(p, key)) for key in PERSON_ORDER} for p in self.people]
        return {**answers, "people": people}

    def get(self, path: str) -> Value:
        """The answer at `people[0].age` or `pressure`; a list is a tuple. Raises KeyError."""
        number, key = self._place(path)
        value: Value = getattr(self if number is None else self.people[number], key)
        return value

    def replace(self, path: str, value: object) -> "Answers":
        """These answers with one other value. Raises KeyError (path), AnswersError (value)."""
        number, key = self._place(path)
        problems = (check if number is None else check_person_key)(key, value, path)
        if problems:
            raise AnswersError(problems)
        changes: dict[str, Any] = {key: _frozen(value)}
        if number is None:
            return replace(self, **changes)
        people = list(self.people)
        people[number] = replace(people[number], **changes)
        return replace(self, people=tuple(people))

    def _place(self, path: str) -> tuple[int | None, str]:
        """The person's number, if it is about a person, and the key."""
        if path in _KEYS:
            return None, path
        match = _PERSON_PATH.fullmatch(path)
        if match and int(match[1]) < len(self.people) and match[2] in PERSON_ORDER:
            return int(match[1]), match[2]
        raise KeyError(path)


_KEYS = frozenset(field.name for field in fields(Answers)) - {"people"}


def parse(data: object) -> Answers:
    """Answers from their canonical JSON form. Raises AnswersError; nothing is guessed."""
    problems = check_answers(data)
    if problems:
        raise AnswersError(problems)
    answers: dict[str, Any] = dict(data)  # type: ignore[call-overload]  # checked: an object
    people = tuple(Person(**_frozen_all(person)) for person in answers.pop("people"))
    return Answers(people=people, **_frozen_all(answers))


def _frozen_all(values: dict[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in values.items()}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
