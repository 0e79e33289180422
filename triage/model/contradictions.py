"""Answers that cannot both be right, said kindly, with the two places to put it right.

None of this changes a classification: `assess` copes with any answers. It helps whoever answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.model.ages import known_adult
from triage.model.vocabulary import ACTIVE_ROLES

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Contradiction:
    """Two answers that disagree. `sides` are answer paths; the first is a plain question."""

    text: str
    sides: tuple[str, str]


def contradictions(answers: Answers) -> list[Contradiction]:
    """Every pair of answers (counted ones, as `route.replay` gives them) that disagree."""
    no_image = answers.get("image_kind") == "no_image"
    about_people = [
        found
        for index, person in enumerate(answers["people"])
        for found in _about_person(answers, person, f"people[{index}]", no_image)
    ]
    return [*about_people, *_about_sharing(answers), *_about_pressure(answers)]


def _about_person(
    answers: Answers, person: Answers, path: str, no_image: bool
) -> Iterator[Contradiction]:
    ref, roles = person["ref"], set(person.get("roles", []))
    if answers.get("adult_contact") == "no" and _adult_with_a_part(person):
        text = f"You said no adult was involved, but {ref} is 18 or over."
        yield Contradiction(text, ("adult_contact", path))
    if answers.get("pressure") == [] and "pressured_others" in roles:
        text = f"You said there was no pressure, but {ref} put pressure on somebody."
        yield Contradiction(text, ("pressure", path))
    if no_image:
        if "pictured" in roles:
            text = f"You said there is no image, but also that {ref} is in it."
            yield Contradiction(text, ("image_kind", path))
    elif answers.get("audience") == "kept":
        if roles & {"received", "shared_on"}:
            text = (
                f"You said nobody has been shown the image, but {ref} received it or shared it on."
            )
            yield Contradiction(text, ("audience", path))
    elif answers.get("onward_motive") == "not_shared_on" and "shared_on" in roles:
        text = f"You said the image was not shared on, but {ref} shared it on."
        yield Contradiction(text, ("onward_motive", path))


def _adult_with_a_part(person: Answers) -> bool:
    """Known to be 18 or over, with a part that the question about adults asks for."""
    adult = known_adult(person.get("age", "unknown"))
    return adult and bool(set(ACTIVE_ROLES) & set(person.get("roles", [])))


def _about_sharing(answers: Answers) -> Iterator[Contradiction]:
    shared = answers.get("audience") in ("known_people", "public")
    if shared and answers.get("willing_sharing") == "not_shared":
        yield Contradiction(
            "You said the image has not been shared, but also that other people have seen it.",
            ("willing_sharing", "audience"),
        )


def _about_pressure(answers: Answers) -> Iterator[Contradiction]:
    if answers.get("pressure") == [] and answers.get("making_motive") == "under_pressure":
        yield Contradiction(
            "You said there was no pressure, but also that the image was made under pressure.",
            ("pressure", "making_motive"),
        )
