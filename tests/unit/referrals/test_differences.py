"""What differs between two assessments, in words."""

from typing import Any

import pytest

from guidance.content import Kind
from referrals.differences import NOT_ASKED, Differences, Recommended, Side
from tests.factories.guidance import shipped_content
from tests.factories.referrals import ANSWERS, PERSON
from triage.model import assess
from triage.model.answers import parse
from triage.model.route import answers_so_far

EDITION = shipped_content()
B = {**PERSON, "id": "p2", "ref": "B", "age": "unknown", "roles": ["asked_for_image"]}


def side(*recommended: Recommended, people: tuple[dict, ...] = (PERSON,), **answers: Any) -> Side:
    stored = {**ANSWERS, **answers, "people": list(people)}
    parsed = parse(answers_so_far(stored))
    canonical = parsed.as_json()
    return Side(
        answers=canonical,
        people=dict(zip([p["id"] for p in people], canonical["people"], strict=True)),
        result=assess(parsed).as_json(),
        edition=EDITION,
        recommended=recommended,
    )


def title(kind: Kind, key: str) -> str:
    return EDITION.item(kind, key).title


def lines(changes):
    return [(change.name, change.before, change.now) for change in changes]


def test_two_alike_differ_in_nothing():
    found = Differences(side(), side())
    assert not found.any_answer
    assert found.classification.same
    assert found.response.same
    assert found.flags_added + found.flags_removed == []
    assert found.newly_recommended + found.no_longer_recommended == []


def test_an_answer_is_told_with_its_question_before_and_now():
    found = Differences(side(), side(emotional_impact="severe"))
    name = title(Kind.QUESTION, "emotional_impact")
    assert lines(found.answers) == [(name, ["Some upset"], ["Self-harm, or thoughts of suicide"])]
    assert found.any_answer


def test_answers_come_in_the_order_of_the_wizard():
    found = Differences(side(), side(long_term_impact=["health"], repeat_incident="yes"))
    wanted = [title(Kind.QUESTION, key) for key in ("repeat_incident", "long_term_impact")]
    assert [change.name for change in found.answers] == wanted


def test_an_answer_of_several_lines_and_of_none():
    found = Differences(side(), side(pressure=["threats", "blackmail"]))
    (change,) = found.answers
    assert change.before == ["No pressure that we know of"]
    assert change.now == ["Threats", "Blackmail"]


def test_a_question_that_was_not_asked_is_not_said_to_have_been_answered():
    """The route settles `position_of_trust` where no adult can be involved."""
    found = Differences(side(), side(adult_contact="yes", position_of_trust="yes"))
    change = next(c for c in found.answers if c.name == title(Kind.QUESTION, "position_of_trust"))
    assert (change.before, change.now) == ([NOT_ASKED], ["Yes"])


@pytest.mark.parametrize("swap", [False, True])
def test_somebody_added_is_not_somebody_changed(swap):
    one, two = side(), side(people=(PERSON, B))
    found = Differences(two, one) if swap else Differences(one, two)
    (person,) = found.removed if swap else found.added
    assert (found.added if swap else found.removed) == []
    assert person.ref == "B"
    assert "Age: I don’t know yet" in person.lines
    assert found.changed == []
    assert found.any_answer


def test_somebody_is_known_by_their_id_also_under_another_reference():
    found = Differences(
        side(people=(PERSON, B)), side(people=(PERSON, {**B, "ref": "C", "age": 19}))
    )
    (person,) = found.changed
    assert person.ref == "C"
    assert lines(person.changes) == [
        ("Called", ["B"], ["C"]),
        ("Age", ["I don’t know yet"], ["19"]),
    ]
    assert (found.added, found.removed) == ([], [])


def test_the_same_reference_for_somebody_else_is_a_removal_and_an_addition():
    found = Differences(side(people=(PERSON, B)), side(people=(PERSON, {**B, "id": "p9"})))
    assert [p.ref for p in found.added] == [p.ref for p in found.removed] == ["B"]
    assert found.changed == []


def test_the_classification_says_what_cannot_be_ruled_out():
    found = Differences(side(people=(PERSON, B)), side(people=(PERSON, {**B, "age": 15})))
    assert found.classification.before[0] == title(Kind.OUTCOME, "undetermined")
    assert found.classification.before[1].startswith("Cannot be ruled out: Aggravated: Adult Inv")
    assert not found.classification.same


def test_response_and_flags():
    found = Differences(side(), side(immediate_risk="yes", still_accessible="yes"))
    assert lines([found.response]) == [("Response", ["Safeguarding lead to judge"], ["Emergency"])]
    flags = {title(Kind.FLAG, key) for key in ("immediate_risk", "still_accessible")}
    assert flags <= set(found.flags_added)
    back = Differences(side(immediate_risk="yes", still_accessible="yes"), side())
    assert back.flags_removed == found.flags_added
    assert back.flags_added == []


def test_steps_that_came_and_went_with_what_had_become_of_them():
    stays = Recommended("next_step", "do_not_view", "To do")
    gone = Recommended("next_step", "talk_to_dsl", "Not needed", "She is the lead")
    come = Recommended("procedure", "hsb_tool", "To do")
    found = Differences(side(stays, gone), side(stays, come))
    (left,) = found.no_longer_recommended
    assert left.title == title(Kind.NEXT_STEP, "talk_to_dsl")
    assert (left.kind, left.progress, left.reason) == ("Next step", "Not needed", "She is the lead")
    (new,) = found.newly_recommended
    assert (new.kind, new.title) == ("Procedure", title(Kind.PROCEDURE, "hsb_tool"))
