"""Answers that cannot both be right are found, and those that can are left alone."""

import pytest

from triage.model import route
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
    settled = {"image_kind": "no_image", "audience": "kept", **route.NOT_SHARED}
    assert contradictions({"people": people, **settled}) == []


def test_not_shared_on_but_somebody_did():
    answers = {"audience": "pair", "onward_motive": "not_shared_on"}
    assert found(person(roles=["shared_on"]), **answers) == [("onward_motive", "people[1]")]
    assert found(person(), **answers) == []


def test_kept_is_asked_about_once_not_twice():
    answers = {"audience": "kept", **route.NOT_SHARED}
    assert found(person(roles=["shared_on"]), **answers) == [("audience", "people[1]")]


# "Not shared" is an answer to two questions.
NOT_SHARED = pytest.mark.parametrize("key", ["willing_sharing", "recipient_wanted"])


@NOT_SHARED
@pytest.mark.parametrize("audience", ["known_people", "public"])
def test_not_shared_but_others_have_seen_it(key, audience):
    assert found(audience=audience, **{key: "not_shared"}) == [(key, "audience")]
    assert found(audience=audience, **{key: "no"}) == []


@NOT_SHARED
@pytest.mark.parametrize("audience", ["pair", "unknown"])
def test_not_shared_and_nobody_else_is_known_to_have_seen_it(key, audience):
    assert found(audience=audience, **{key: "not_shared"}) == []


@NOT_SHARED
@pytest.mark.parametrize("role", ["received", "shared_on"])
@pytest.mark.parametrize("audience", ["pair", "unknown"])
def test_not_shared_but_somebody_has_it_or_shared_it(key, role, audience):
    other = person(roles=[role])
    assert found(other, audience=audience, **{key: "not_shared"}) == [(key, "people[1]")]
    assert found(other, audience=audience, **{key: "unknown"}) == []


@NOT_SHARED
@pytest.mark.parametrize("role", ["made_image", "asked_for_image", "reporter", "witness"])
def test_not_shared_and_nobody_was_sent_it(key, role):
    assert found(person(roles=[role]), audience="pair", **{key: "not_shared"}) == []


@NOT_SHARED
@pytest.mark.parametrize("motive", ["harm", "gain", "thoughtless"])
def test_not_shared_but_there_was_a_reason_to_share_it_on(key, motive):
    answers = {"audience": "pair", key: "not_shared"}
    assert found(onward_motive=motive, **answers) == [(key, "onward_motive")]


@NOT_SHARED
@pytest.mark.parametrize("motive", ["not_shared_on", "unknown"])
def test_not_shared_and_no_reason_is_known(key, motive):
    assert found(onward_motive=motive, audience="pair", **{key: "not_shared"}) == []


def test_the_text_says_both_answers():
    other = person(roles=["received"])
    answers = {"people": [CHILD, other], "audience": "public", "onward_motive": "harm"}
    texts = [c.text for c in contradictions({**answers, "willing_sharing": "not_shared"})]
    assert texts == [
        "You said the image has not been shared or shown, but B received it or shared it on.",
        "You said the image has not been shared or shown, but also that other people have seen it.",
        "You said the image has not been shared or shown, but also why it was shared on.",
    ]


@pytest.mark.parametrize("roles", [["witness"], ["witness", "reporter"]])
def test_who_saw_it_was_not_always_shown_it(roles):
    """A parent or a sister may come upon it: then "shown to nobody" and "saw it" are both right."""
    assert found(person(roles=roles), audience="kept") == []


NO_ADULT_IN_TRUST = {"adult_contact": "no", "position_of_trust": "yes"}


@pytest.mark.parametrize(
    "other",
    [
        person(age="unknown"),
        person(age="unknown", roles=["received", "witness"]),
        person(age="unknown", roles=["reporter"]),
    ],
)
def test_no_adult_but_one_in_a_position_of_trust(other):
    assert found(other, **NO_ADULT_IN_TRUST) == [("adult_contact", "position_of_trust")]


@pytest.mark.parametrize("age", [18, "adult", "unknown"])
@pytest.mark.parametrize("roles", [["witness"], ["pictured"], [], ["reporter", "witness"]])
def test_an_adult_in_trust_may_have_done_nothing_that_was_asked_about(age, roles):
    assert found(person(age=age, roles=roles), **NO_ADULT_IN_TRUST) == []


@pytest.mark.parametrize(
    "answers",
    [
        {"adult_contact": "unknown", "position_of_trust": "yes"},
        {"adult_contact": "suspected", "position_of_trust": "yes"},
        {"adult_contact": "no", "position_of_trust": "no"},
        {"adult_contact": "no", "position_of_trust": "unknown"},
    ],
)
def test_an_adult_or_no_position_of_trust(answers):
    assert found(person(age="unknown"), **answers) == []


def test_no_pressure_but_somebody_put_pressure_on():
    other = person(roles=["pressured_others"])
    assert found(other, pressure=[]) == [("pressure", "people[1]")]
    assert found(other, pressure=["threats"]) == []


def test_no_pressure_but_made_under_pressure():
    assert found(pressure=[], making_motive="under_pressure") == [("pressure", "making_motive")]
    assert found(pressure=["unknown"], making_motive="under_pressure") == []
