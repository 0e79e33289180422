"""What finding out an open answer could change."""

from triage.model import assess
from triage.model.answers import parse
from triage.model.catalogue import RESPONSES
from triage.model.effects import effects_of

SETTLED = {
    "people": [
        {"ref": "A", "age": 15, "roles": ["pictured", "made_image"]},
        {"ref": "B", "age": 15, "roles": ["received"]},
    ],
    "immediate_risk": "no",
    "image_kind": "real",
    "audience": "pair",
    "relationship": "partners",
    "willing_making": "yes",
    "willing_sharing": "yes",
    "recipient_wanted": "yes",
    "pressure": [],
    "making_motive": "romantic",
    "onward_motive": "not_shared_on",
    "adult_contact": "no",
    "position_of_trust": "no",
    "capacity_concern": "no",
    "extreme_content": "no",
    "emotional_impact": "some",
}


def effects(**changes):
    answers = parse({**SETTLED, **changes})
    return effects_of(answers, assess(answers))


def people(**second):
    return [SETTLED["people"][0], {"ref": "B", "roles": ["received"], **second}]


def test_vulnerabilities_not_known_could_make_it_more_urgent():
    first = next(e for e in effects() if e.key == "people[0].vulnerabilities")
    assert first.as_json() == {
        "key": "people[0].vulnerabilities",
        "could_be": [],
        "rules_out": [],
        "response": "consult_specialists",
    }


def test_an_age_could_make_it_something_else_and_more_urgent():
    (age,) = [e for e in effects(people=people()) if e.key == "people[1].age"]
    assert age.could_be == ("adult_involved", "romantic")
    assert age.response == "refer_now"


def test_the_most_serious_consequence_comes_first():
    keys = [effect.key for effect in effects(people=people(), willing_making="unknown")]
    assert keys[0] == "people[1].age"


def test_they_are_in_the_order_of_the_response_they_could_raise():
    answers = parse({"people": [{"ref": "A"}]})
    levels = [effect.response for effect in effects_of(answers, assess(answers))]
    ranks = [RESPONSES.index(level) if level else -1 for level in levels]
    assert len(set(ranks)) > 2
    assert ranks == sorted(ranks, reverse=True)


def test_an_answer_can_at_least_rule_something_out():
    found = effects(people=people(), onward_motive="unknown", audience="known_people")
    assert any(effect.rules_out for effect in found)


def test_every_open_question_has_one_effect():
    answers = parse({"people": [{"ref": "A"}]})
    assessed = assess(answers)
    keys = [effect.key for effect in effects_of(answers, assessed)]
    assert sorted(keys) == sorted({*assessed.deciding_questions, *assessed.response_open})


def test_what_is_asked_whatever_it_changes_may_change_nothing():
    found = effects(
        people=[SETTLED["people"][0]],
        relationship="online_only",
        pressure=["blackmail"],
        adult_contact="no",
    )
    (contact,) = [effect for effect in found if effect.key == "adult_contact"]
    assert contact.could_be == ()
    assert contact.response is None
