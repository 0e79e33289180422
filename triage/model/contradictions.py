"""Answers that cannot both be right, said kindly, with the two places to put it right.

None of this changes a classification: `assess` copes with any answers. It helps whoever answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Contradiction:
    """Two answers that disagree. `sides` are answer paths; the first is a plain question."""

    text: str
    sides: tuple[str, str]


def contradictions(answers: Answers) -> list[Contradiction]:
    """Every pair of answers (counted ones, as `route.replay` gives them) that disagree."""
    return [*_about_people(answers), *_about_sharing(answers), *_about_pressure(answers)]


def _about_people(answers: Answers) -> Iterator[Contradiction]:
    for index, person in enumerate(answers["people"]):
        ref, roles = person["ref"], person.get("roles", [])
        path = f"people[{index}]"
        if answers.get("adult_contact") == "no" and _adult_with_a_part(person):
            yield Contradiction(
                f"You said no adult was involved, but {ref} is 18 or over.",
                ("adult_contact", path),
            )
        if answers.get("audience") == "kept" and answers.get("image_kind") != "no_image":
            if {"received", "shared_on"} & set(roles):
                yield Contradiction(
                    f"You said nobody has been shown the image, but {ref} received it "
                    "or shared it on.",
                    ("audience", path),
                )
        elif answers.get("onward_motive") == "not_shared_on" and "shared_on" in roles:
            yield Contradiction(
                f"You said the image was not shared on, but {ref} shared it on.",
                ("onward_motive", path),
            )
        if answers.get("pressure") == [] and "pressured_others" in roles:
            yield Contradiction(
                f"You said there was no pressure, but {ref} put pressure on somebody.",
                ("pressure", path),
            )


def _adult_with_a_part(person: Answers) -> bool:
    """Known to be 18 or over, with a part that the question about adults asks for."""
    age = person.get("age", "unknown")
    adult = age >= 18 if isinstance(age, int) else age == "adult"
    parts = {"made_image", "asked_for_image", "received", "shared_on", "pressured_others"}
    return adult and bool(parts & set(person.get("roles", [])))


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
