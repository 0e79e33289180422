"""Answers that cannot both be right are found, and those that can are left alone."""

import pytest

from triage.model.contradictions import contradictions

CHILD = {"ref": "A", "age": 15, "roles": ["pictured"]}


def person(**values):
    return {"ref": "B", "age": 15, "roles": ["received"], **values}


def found(*people, **answers):
    return [c.sides for c in contradictions({"people": [CHILD, *people], **answers})]


def test_nothing_answered_contradicts_nothing():
    assert found() == []


@pytest.mark.parametrize("age", [18, 40, "adult"])
def test_no_adult_but_somebody_is_18_or_over(age):
    problems = contradictions({"people": [CHILD, person(age=age)], "adult_contact": "no"})
    assert [p.text for p in problems] == ["You said no adult was involved, but B is 18 or over."]
    assert problems[0].sides == ("adult_contact", "people[1]")


@pytest.mark.parametrize(
    "other",
    [
        person(age=17),
        person(age="unknown"),
        person(age="13_to_17"),
        person(age=40, roles=["reporter"]),
        person(age=40, roles=["pictured"]),
        person(age=40, roles=[]),
    ],
)
def test_no_adult_and_nobody_who_is_one_with_a_part(other):
    assert found(other, adult_contact="no") == []


@pytest.mark.parametrize("answer", ["yes", "suspected", "unknown"])
def test_an_adult_who_was_named_is_no_contradiction(answer):
    assert found(person(age=40), adult_contact=answer) == []


@pytest.mark.parametrize("role", ["received", "shared_on"])
def test_shown_to_nobody_but_somebody_has_it(role):
    assert found(person(roles=[role]), audience="kept") == [("audience", "people[1]")]


def test_shown_to_nobody_and_somebody_asked_for_it():
    assert found(person(roles=["asked_for_image"]), audience="kept") == []


def test_there_is_no_image_but_somebody_is_in_it():
    assert found(image_kind="no_image") == [("image_kind", "people[0]")]
    assert found(image_kind="real") == []


@pytest.mark.parametrize("role", ["received", "shared_on"])
def test_without_an_image_nothing_is_asked_of_sharing_so_nothing_contradicts_it(role):
    people = [{**CHILD, "roles": []}, person(roles=[role])]
    settled = {"audience": "kept", "onward_motive": "not_shared_on", "image_kind": "no_image"}
    assert contradictions({"people": people, **settled}) == []


def test_not_shared_on_but_somebody_did():
    answers = {"audience": "pair", "onward_motive": "not_shared_on"}
    assert found(person(roles=["shared_on"]), **answers) == [("onward_motive", "people[1]")]
    assert found(person(), **answers) == []


def test_kept_is_asked_about_once_not_twice():
    answers = {"audience": "kept", "onward_motive": "not_shared_on"}
    assert found(person(roles=["shared_on"]), **answers) == [("audience", "people[1]")]


@pytest.mark.parametrize("audience", ["known_people", "public"])
def test_not_shared_but_others_have_seen_it(audience):
    sides = ("willing_sharing", "audience")
    assert found(audience=audience, willing_sharing="not_shared") == [sides]
    assert found(audience=audience, willing_sharing="no") == []


def test_no_pressure_but_somebody_put_pressure_on():
    other = person(roles=["pressured_others"])
    assert found(other, pressure=[]) == [("pressure", "people[1]")]
    assert found(other, pressure=["threats"]) == []


def test_no_pressure_but_made_under_pressure():
    assert found(pressure=[], making_motive="under_pressure") == [("pressure", "making_motive")]
    assert found(pressure=["unknown"], making_motive="under_pressure") == []
