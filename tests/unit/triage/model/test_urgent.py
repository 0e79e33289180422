"""What a safeguarding lead is told of an unfinished triage."""

import pytest

from triage.model.urgent import urgent_answers


def person(age, *roles):
    return {"ref": "B", "age": age, "roles": list(roles)}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, []),
        ({"immediate_risk": "no", "adult_contact": "no", "emotional_impact": "some"}, []),
        ({"immediate_risk": "unknown", "adult_contact": "unknown"}, []),
        ({"immediate_risk": "yes"}, ["Immediate risk of harm"]),
        ({"emotional_impact": "severe"}, ["Self-harm or thoughts of suicide"]),
        ({"position_of_trust": "yes"}, ["An adult in a position of trust"]),
        ({"adult_contact": "yes"}, ["An adult is involved"]),
        ({"adult_contact": "suspected"}, ["An adult may be involved"]),
        ({"people": [person(18, "received")]}, ["An adult is involved"]),
        ({"people": [person("adult", "asked_for_image")]}, ["An adult is involved"]),
        ({"people": [person(17, "received")]}, []),
        ({"people": [person("unknown", "received")]}, []),
        ({"people": [person(40, "reporter", "witness")]}, []),
        ({"people": [{"ref": "B"}]}, []),
        (
            {"immediate_risk": "yes", "emotional_impact": "severe", "adult_contact": "yes"},
            ["Immediate risk of harm", "Self-harm or thoughts of suicide", "An adult is involved"],
        ),
    ],
)
def test_urgent_answers_are_named_most_serious_first(answers, expected):
    assert urgent_answers(answers) == expected
