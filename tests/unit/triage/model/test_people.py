"""Who is an adult, a child, a party, concerned; and how far apart children are."""

import pytest

from triage.model.answers import Person
from triage.model.facts import Facts
from triage.model.people import (
    has_vulnerability,
    is_adult,
    is_concerned,
    is_party,
    is_under_13,
    possible_gap,
)

from . import casts
from .proof import OF_LETTER, calm

KINDS = ("real", "no_image")


@pytest.mark.parametrize("age", casts.AGES)
def test_age_says_adult_and_12_or_under(age):
    grown, young, _, _ = casts.AGES[age]
    assert is_adult(Person("A", age)) is OF_LETTER[grown]
    assert is_under_13(Person("A", age)) is OF_LETTER[young]


def test_every_age_in_years_is_one_of_child_and_adult():
    for age in range(121):
        assert is_adult(Person("A", age)) is OF_LETTER[age >= 18]
        assert is_under_13(Person("A", age)) is OF_LETTER[age <= 12]


@pytest.mark.parametrize("kind", KINDS)
def test_party_and_concerned(covered, kind):
    for (person,) in casts.SINGLES:
        answers = calm((person,), image_kind=kind)
        assert is_party(person, answers) is casts.party(person, kind), person
        assert is_concerned(person) is casts.concerned(person), person
    covered(len(casts.SINGLES))


@pytest.mark.parametrize(
    ("kind", "roles", "expected"),
    [
        ("real", (), False),
        ("no_image", (), True),
        ("no_image", ("witness",), False),
        ("unknown", (), False),
        ("real", ("reporter",), False),
        ("real", ("reporter", "received"), True),
        ("real", ("pictured",), True),
    ],
)
def test_party_in_plain_cases(kind, roles, expected):
    person = Person("A", 15, roles)
    assert is_party(person, calm((person,), image_kind=kind)) is expected


def test_child_pictured_and_child_involved(covered):
    number = 0
    for people in [*casts.SINGLES, *casts.pairs()]:
        for kind in KINDS:
            facts = Facts(calm(people, image_kind=kind))
            assert facts.child_pictured is OF_LETTER[expected_pictured(people)], people
            assert facts.child_involved is OF_LETTER[expected_involved(people, kind)], people
            number += 1
    covered(number)


def expected_pictured(people):
    shown = [casts.adult(person) for person in people if casts.pictured(person)]
    if "F" in shown:
        return "T"
    return "F" if shown and set(shown) == {"T"} else "U"


def expected_involved(people, kind):
    parties = [casts.adult(person) for person in people if casts.party(person, kind)]
    if "F" in parties:
        return "T"
    someone = any(casts.pictured(person) for person in people)
    return "F" if someone and set(parties) == {"T"} else "U"


def test_certain_age_gap(covered):
    number = 0
    for people in [*casts.SINGLES, *casts.pairs()]:
        for kind in KINDS:
            found = Facts(calm(people, image_kind=kind)).age_gap
            assert found is casts.gap(people, kind), people
            number += 1
    covered(number)


@pytest.mark.parametrize(
    ("one", "other", "certain", "possible"),
    [
        (13, 15, False, False),
        (13, 16, True, True),
        (17, 13, True, True),
        ("under_13", 15, True, True),
        ("under_13", 14, False, True),
        ("under_13", 1, False, True),
        ("13_to_17", 10, True, True),
        ("13_to_17", 11, False, True),
        ("13_to_17", 15, False, False),
        ("13_to_17", 14, False, True),
        ("13_to_17", "13_to_17", False, True),
        ("under_13", "13_to_17", False, True),
        ("under_13", "under_13", False, True),
    ],
)
def test_nearest_ends_make_a_certain_gap_and_farthest_a_possible_one(one, other, certain, possible):
    people = (Person("A", one, ("pictured",)), Person("B", other, ("received",)))
    assert Facts(calm(people)).age_gap is certain
    assert possible_gap(*people) is possible
    assert possible_gap(*reversed(people)) is possible


@pytest.mark.parametrize(
    ("listed", "expected"),
    [((), False), (("unknown",), False), (("send",), True), (("in_care", "other"), True)],
)
def test_a_vulnerability_is_known_only_when_named(listed, expected):
    assert has_vulnerability(Person("A", vulnerabilities=listed)) is expected


def test_a_third_child_can_make_the_gap():
    people = [Person(str(age), age, ("received",)) for age in (14, 16, 17)]
    assert Facts(calm(tuple(people))).age_gap is True
    assert Facts(calm(tuple(people[:2]))).age_gap is False


def test_somebody_with_no_part_makes_no_gap():
    people = (Person("A", 17, ("pictured",)), Person("B", 12, ("witness",)))
    assert Facts(calm(people)).age_gap is False
