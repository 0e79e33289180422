"""When the youngest child of a case was born, at the latest. Pure: plain values alone.

It errs on keeping longer. A date of birth on a card counts before an age; an age counts as if the
child had just had that birthday on the day it was first said; an age group as its lowest age. Of
whom no age is known beside a child whose age is: they may have been newborn when first listed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from referrals.retention.years import years_later
from triage.model.ages import ADULT, TEEN, known_adult

LOWEST = {"under_13": 0, "13_to_17": TEEN}
# What the day was taken from: values of `Basis`.
BORN, AGE, UNKNOWN = "born", "age", "unknown"
People = Mapping[str, Mapping[str, Any]]  # as `Assessment.people`


@dataclass(frozen=True)
class Youngest:
    """`basis`: whether the day is from a date of birth, an age, or where an age is not known."""

    born: date
    basis: str


def youngest(
    versions: Iterable[tuple[date, People]], cards: Mapping[str, date], recorded: date
) -> Youngest | None:
    """None where no child's age is known.

    `versions` of the answers with the day of each, oldest first: whoever was ever listed counts.
    `cards` are the dates of birth by person. A child is whoever was under 18 when the case was
    recorded.
    """
    said: dict[str, tuple[date, Any]] = {}
    for day, people in versions:
        for key, person in people.items():
            if key not in said or said[key][1] != person["age"]:
                said[key] = (day, person["age"])
    found = [Youngest(born, BORN) for born in cards.values() if _is_child(born, recorded)]
    without = [one for key, one in said.items() if key not in cards]
    for day, age in without:
        if (years := _lowest(age)) is not None:
            found.append(Youngest(years_later(day, -years), AGE))
    known = max(found, key=lambda child: child.born, default=None)
    listed = [day for day, age in without if age == UNKNOWN]
    if known and listed:
        return Youngest(max(known.born, *listed), UNKNOWN)
    return known


def _lowest(age: int | str) -> int | None:
    """The least that a child of this age can be in years; None for an adult, or for unknown."""
    if known_adult(age):
        return None
    return age if isinstance(age, int) else LOWEST.get(age)


def _is_child(born: date, day: date) -> bool:
    return years_later(born, ADULT) > day
