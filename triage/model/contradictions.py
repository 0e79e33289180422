"""Answers that cannot both be right, said kindly, with the two places to put it right.

None of this changes a classification: `assess` copes with any answers. It helps whoever answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.model.ages import known_adult
from triage.model.vocabulary import ACTIVE_ROLES

Answers = Mapping[str, Any]

# The questions that may be answered "not shared", and what that answer says.
NOT_SHARED = {
    "willing_sharing": "the image has not been shared or shown",
    "recipient_wanted": "the image was not sent or shown to anyone",
}


@dataclass(frozen=True)
class Contradiction:
    """Two answers that disagree. `sides` are answer paths; the first is a plain question."""

    text: str
    sides: tuple[str, str]


def contradictions(answers: Answers) -> list[Contradiction]:
    """Every pair of answers (counted ones, as `route.replay` gives them) that disagree."""
    about_people = [
        found
        for index, person in enumerate(answers["people"])
        for found in _about_person(answers, person, f"people[{index}]")
    ]
    return [
        *about_people,
        *_about_sharing(answers),
        *_about_pressure(answers),
        *_about_trust(answers),
    ]


def _about_person(answers: Answers, person: Answers, path: str) -> Iterator[Contradiction]:
    ref, roles = person["ref"], set(person.get("roles", []))
    adult = known_adult(person.get("age", "unknown"))
    if answers.get("adult_contact") == "no" and adult and roles & set(ACTIVE_ROLES):
        text = f"You said no adult was involved, but {ref} is 18 or over."
        yield Contradiction(text, ("adult_contact", path))
    if answers.get("pressure") == [] and "pressured_others" in roles:
        text = f"You said there was no pressure, but {ref} put pressure on somebody."
        yield Contradiction(text, ("pressure", path))
    yield from _about_what_they_did(answers, ref, roles, path)


def _about_what_they_did(
    answers: Answers, ref: str, roles: set[str], path: str
) -> Iterator[Contradiction]:
    """What somebody did with the image. A witness may have come upon it: nobody showed it."""
    has_it = bool(roles & {"received", "shared_on"})
    did = f"{ref} received it or shared it on."
    if answers.get("image_kind") == "no_image":
        if "pictured" in roles:
            text = f"You said there is no image, but also that {ref} is in it."
            yield Contradiction(text, ("image_kind", path))
        return
    if answers.get("audience") == "kept":
        if has_it:
            text = f"You said nobody has been shown the image, but {did}"
            yield Contradiction(text, ("audience", path))
        return
    for key, said in _not_shared(answers):
        if has_it:
            yield Contradiction(f"You said {said}, but {did}", (key, path))
    if answers.get("onward_motive") == "not_shared_on" and "shared_on" in roles:
        text = f"You said the image was not shared on, but {ref} shared it on."
        yield Contradiction(text, ("onward_motive", path))


def _not_shared(answers: Answers) -> list[tuple[str, str]]:
    """The questions answered "not shared", each with what that said."""
    return [(key, said) for key, said in NOT_SHARED.items() if answers.get(key) == "not_shared"]


def _about_sharing(answers: Answers) -> Iterator[Contradiction]:
    seen = answers.get("audience") in ("known_people", "public")
    reason = answers.get("onward_motive") in ("harm", "gain", "thoughtless")
    for key, said in _not_shared(answers):
        if seen:
            text = f"You said {said}, but also that other people have seen it."
            yield Contradiction(text, (key, "audience"))
        if reason:
            text = f"You said {said}, but also why it was shared on."
            yield Contradiction(text, (key, "onward_motive"))


def _about_pressure(answers: Answers) -> Iterator[Contradiction]:
    if answers.get("pressure") == [] and answers.get("making_motive") == "under_pressure":
        yield Contradiction(
            "You said there was no pressure, but also that the image was made under pressure.",
            ("pressure", "making_motive"),
        )


def _about_trust(answers: Answers) -> Iterator[Contradiction]:
    """An adult in a position of trust who only saw it, or is in it, is no adult "involved"."""
    if answers.get("adult_contact") != "no" or answers.get("position_of_trust") != "yes":
        return
    if not any(_may_be_adult_without_a_part(person) for person in answers["people"]):
        yield Contradiction(
            "You said no adult was involved, but also that an adult who is or may be involved "
            "is in a position of trust.",
            ("adult_contact", "position_of_trust"),
        )


def _may_be_adult_without_a_part(person: Answers) -> bool:
    """Nobody known to be a child, who did nothing that `adult_contact` asks about, nor reported."""
    age, roles = person.get("age", "unknown"), set(person.get("roles", []))
    may_be_adult = age == "unknown" or known_adult(age)
    return may_be_adult and roles != {"reporter"} and not roles & set(ACTIVE_ROLES)
