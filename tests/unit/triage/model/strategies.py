"""Whole random sets of answers: half of them near the calm ones, where outcomes are decided.

Each comes from one drawn seed: forty draws a set would make the tests ten times slower. What is
lost is that a failing set is not made smaller; it is printed whole.
"""

from random import Random
from typing import Any

from hypothesis import strategies as st

from triage.model.answers import Answers, Person
from triage.model.vocabulary import LISTS, PERSON_VALUES, SCALARS

from .proof import CALM

AGES = [*range(8, 27), *PERSON_VALUES["age"] * 2]
VULNERABILITIES = PERSON_VALUES["vulnerabilities"]


def some(random: Random, values: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
    """A few of the values, often none, and never the unknown."""
    known = [value for value in values if value != "unknown"]
    return tuple(random.sample(known, random.choice([0, 0, 1, 1, *range(most + 1)])))


def a_person(random: Random, ref: str) -> Person:
    unknown = random.random() < 0.2
    return Person(
        ref=ref,
        age=random.choice(AGES),
        roles=some(random, PERSON_VALUES["roles"]),
        vulnerabilities=("unknown",) if unknown else some(random, VULNERABILITIES, most=1),
        agency_involvement=random.choice(PERSON_VALUES["agency_involvement"]),
    )


def some_answers(random: Random) -> Answers:
    drawn: dict[str, Any] = {key: random.choice(values) for key, values in SCALARS.items()}
    for key, values in LISTS.items():
        drawn[key] = ("unknown",) if random.random() < 0.2 else some(random, values)
    if random.random() < 0.6:
        # Calm but for a few answers: otherwise nearly everything is aggravated.
        drawn = CALM | {
            key: drawn[key] for key in random.sample(sorted(CALM), random.randint(0, 4))
        }
    people = (a_person(random, ref) for ref in "ABCD"[: random.randint(1, 4)])
    return Answers(people=tuple(people), **drawn)


def seeds() -> st.SearchStrategy[Random]:
    return st.integers(0, 2**64).map(Random)


def answers() -> st.SearchStrategy[Answers]:
    return seeds().map(some_answers)


def people() -> st.SearchStrategy[Person]:
    return seeds().map(lambda random: a_person(random, "E"))
