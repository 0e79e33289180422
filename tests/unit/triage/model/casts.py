"""The people of the proof: ages and parts that stand for every kind the rules tell apart.

What is said of an age here is written down by hand, not worked out by the model.
"""

from collections.abc import Iterator
from itertools import product

from triage.model.answers import Person

# age: (is an adult, is 12 or under, youngest it can be, oldest it can be)
AGES: dict[int | str, tuple[str, str, int, int]] = {
    0: ("F", "T", 0, 0),
    9: ("F", "T", 9, 9),
    10: ("F", "T", 10, 10),
    12: ("F", "T", 12, 12),
    13: ("F", "F", 13, 13),
    14: ("F", "F", 14, 14),
    15: ("F", "F", 15, 15),
    16: ("F", "F", 16, 16),
    17: ("F", "F", 17, 17),
    18: ("T", "F", 18, 18),
    19: ("T", "F", 19, 19),
    20: ("T", "F", 20, 20),
    25: ("T", "F", 25, 25),
    40: ("T", "F", 40, 40),
    120: ("T", "F", 120, 120),
    "under_13": ("F", "T", 0, 12),
    "13_to_17": ("F", "F", 13, 17),
    "adult": ("T", "F", 18, 120),
    "unknown": ("U", "U", 0, 120),
}
ACTIVE = {"made_image", "asked_for_image", "received", "shared_on", "pressured_others"}
PARTS: tuple[tuple[str, ...], ...] = (
    (),
    ("pictured",),
    ("pictured", "made_image"),
    ("pictured", "pressured_others"),
    ("made_image",),
    ("asked_for_image",),
    ("received",),
    ("shared_on",),
    ("pressured_others",),
    ("witness",),
    ("reporter",),
    ("reporter", "witness"),
    ("pictured", "reporter"),
)


def adult(person: Person) -> str:
    return AGES[person.age][0]


def under_13(person: Person) -> str:
    return AGES[person.age][1]


def pictured(person: Person) -> bool:
    return "pictured" in person.roles


def active(person: Person) -> bool:
    return bool(ACTIVE & set(person.roles))


def party(person: Person, kind: str = "real") -> bool:
    return pictured(person) or active(person) or (kind == "no_image" and person.roles == ())


def concerned(person: Person) -> bool:
    return not (set(person.roles) == {"reporter"} and adult(person) == "T")


def gap(people: tuple[Person, ...], kind: str = "real") -> bool:
    """Two child parties, the youngest of one at least three years above the oldest of the other."""
    children = [AGES[p.age] for p in people if party(p, kind) and adult(p) == "F"]
    return any(a[2] - b[3] >= 3 for a in children for b in children)


def everyone(ages: tuple[int | str, ...], parts: tuple[tuple[str, ...], ...]) -> list[Person]:
    return [Person("A", age, roles) for age, roles in product(ages, parts)]


SINGLES = [(person,) for person in everyone(tuple(AGES), PARTS)]


def pairs() -> Iterator[tuple[Person, ...]]:
    """Two people, of every kind that matters to each other."""
    ages = (9, 12, 15, 17, 25, "under_13", "13_to_17", "unknown")
    people = everyone(ages, PARTS)
    yield from product(people, people)


def few() -> list[tuple[Person, ...]]:
    """A small cast for each situation, to go with every combination of other answers."""
    child, teen, young = Person("A", 15, ("pictured",)), Person("B", 16), Person("C", 12)
    third = Person("D", 13, ("received",))
    older, unknown = Person("E", 25), Person("F", "unknown")
    return [
        (child,),
        (Person("A", 15, ("received",)),),
        (Person("A", 25, ("pictured",)),),
        (Person("A", "unknown", ("pictured",)),),
        (Person("A", 12, ("pictured", "made_image")),),
        (child, teen),
        (child, _with(teen, "received")),
        (child, _with(teen, "shared_on")),
        (child, _with(teen, "pressured_others")),
        (child, _with(young, "received")),
        (child, _with(older, "reporter")),
        (child, _with(older, "received", "pressured_others")),
        (child, older),
        (child, unknown),
        (child, _with(unknown, "shared_on")),
        (_with(young, "pictured"), Person("G", 9, ("shared_on",))),
        (_with(young, "pictured"), child, third),
        (_with(young, "pictured"), teen),
        (_with(older, "pictured"), third),
        (_with(older, "pictured"), _with(teen, "pressured_others")),
        (_with(unknown, "pictured"), _with(older, "witness"), third),
        (Person("A", 16, ("pictured", "pressured_others")), Person("H", 19, ("received",))),
    ]


def _with(person: Person, *roles: str) -> Person:
    return Person(person.ref, person.age, roles)
