"""Why: a reason for each rule that decided, resting on answers that are there, naming people."""

import re

import pytest
from hypothesis import given

from triage.model import assess
from triage.model.answers import Person
from triage.model.criteria import CONSULT
from triage.model.flags import FLAG_RULES
from triage.model.outcome import Findings
from triage.model.response import RESPONSE_RULES
from triage.model.rules import RULES, SCOPE
from triage.model.subtypes import EXPERIMENTAL_RULES

from .proof import CALM_PEOPLE, calm, changed
from .strategies import answers as any_answers

RULE_IDS = {rule.id for rule in (*RULES, *EXPERIMENTAL_RULES, SCOPE)}
CRITERIA = {f"{rule.id}.{c.id}" for rule in RESPONSE_RULES for c in rule.grounds}


def reasons(*people, **changes):
    found = assess(calm(people or CALM_PEOPLE, **changes)).reasons
    return {reason.rule: reason for reason in found}


@given(any_answers())
def test_one_reason_for_each_rule_that_decided(answers):
    found = assess(answers)
    rules = [r.rule for r in found.reasons if "." not in r.rule]
    named = [found.subtype, found.indicated, *found.also_present, *found.cannot_rule_out]
    expected = ["scope"] if found.category == "out_of_scope" else [n for n in named if n]
    assert sorted(rules) == sorted(expected)
    response = [r.rule for r in found.reasons if "." in r.rule]
    assert response
    assert {rule.split(".")[0] for rule in response} == {found.response}
    assert len(set(response)) == len(response)


@given(any_answers())
def test_every_reason_rests_on_answers_and_reads_as_a_sentence(answers):
    for reason in assess(answers).reasons:
        assert reason.rule in RULE_IDS | CRITERIA
        assert reason.because
        assert len(set(reason.because)) == len(reason.because)
        for path in reason.because:
            answers.get(path)  # raises where there is no such answer
        assert reason.text[0].isupper()
        assert reason.text.endswith(".")
        assert "{" not in reason.text
        assert reason.source


@given(any_answers())
def test_an_open_rule_is_never_told_as_if_it_held(answers):
    found = assess(answers)
    for reason in found.reasons:
        if "." not in reason.rule and found.subtype != reason.rule:
            is_open = reason.rule in found.cannot_rule_out
            assert ("cannot be ruled out" in reason.text) is is_open


def test_people_are_named_by_their_reference():
    people = (CALM_PEOPLE[0], Person("Example {ref} <b>", 25, ("received",), (), "none"))
    reason = reasons(*people)["adult_involved"]
    assert reason.because == ("people[0].age", "people[1].age", "people[1].roles")
    assert "someone aged 18 or over took part or is in the image (Example {ref} <b>)" in reason.text
    assert "someone under 18 took part or is in the image (A)" in reason.text


@pytest.mark.parametrize(
    ("people", "changes", "rule", "because"),
    [
        ((), {"adult_contact": "suspected"}, "adult_involved", ["people[0].age", "people[1].age"]),
        ((), {"adult_contact": "unknown"}, "adult_involved", []),
        ((), {"pressure": ("threats",)}, "intent_to_harm", ["pressure"]),
        ((), {"pressure": ("asked_repeatedly",)}, "reckless_misuse", []),
        ((), {"onward_motive": "harm"}, "intent_to_harm", ["onward_motive"]),
        ((), {"willing_making": "no"}, "reckless_misuse", ["willing_making"]),
        ((), {"image_kind": "no_image"}, "scope", ["image_kind"]),
        ((), {"capacity_concern": "yes"}, "reckless_misuse", ["willing_making", "willing_sharing"]),
    ],
)
def test_what_a_reason_rests_on(people, changes, rule, because):
    found = reasons(*people, **changes)[rule].because
    assert set(because) | (set(changes) - {"people"}) <= set(found)
    assert "extreme_content" not in found


def test_no_title_denies_the_adult_it_is_shown_beside():
    people = (CALM_PEOPLE[0], changed(CALM_PEOPLE[1], age=25))
    found = reasons(*people, pressure=("guilt_or_dares", "threats"))
    assert found["intent_to_harm"].text.startswith("Intent to harm, because ")
    assert found["reckless_misuse"].text.startswith("Reckless misuse, because ")


def test_an_open_rule_names_what_leaves_it_open():
    people = (CALM_PEOPLE[0], changed(CALM_PEOPLE[1], age="unknown"))
    found = reasons(*people)["adult_involved"]
    assert found.because == ("people[1].age", "people[1].roles")
    assert found.text == (
        "Adult involved cannot be ruled out, because it is not known whether someone aged 18 or "
        "over took part or is in the image (B)."
    )


def test_someone_whose_part_is_not_known_is_named():
    people = (CALM_PEOPLE[0], Person("B", "unknown", (), (), "none"))
    assert "people[1].roles" in reasons(*people)["adult_involved"].because


def test_nobody_pictured_rests_on_everybodys_part():
    people = (Person("A", 25, ("received",), (), "none"),)
    found = reasons(*people)
    assert found["adult_involved"].because == ("people[0].age", "people[0].roles")
    assert found["reckless_misuse"].because == (
        "people[0].roles",
        "willing_making",
        "willing_sharing",
    )


def test_a_gap_and_an_altered_image_put_a_yes_in_doubt():
    people = (CALM_PEOPLE[0], changed(CALM_PEOPLE[1], age=12))
    found = reasons(*people, image_kind="altered_or_generated")["reckless_misuse"].because
    assert found == (
        "people[0].age",
        "people[1].age",
        "image_kind",
        "willing_making",
        "willing_sharing",
    )


def test_not_shared_against_answers_that_say_it_was():
    people = (CALM_PEOPLE[0], changed(CALM_PEOPLE[1], roles=("shared_on",)))
    found = reasons(*people, willing_sharing="not_shared", audience="public")
    assert found["reckless_misuse"].because == ("people[1].roles", "audience", "willing_sharing")


def test_pressure_that_only_a_role_tells_of():
    people = (CALM_PEOPLE[0], changed(CALM_PEOPLE[1], roles=("pressured_others",)))
    found = reasons(*people, relationship="family")
    assert found["reckless_misuse"].because == ("people[1].roles",)
    assert found["refer_now.pressure_and_power"].because == ("people[1].roles", "relationship")
    assert found["intent_to_harm"].because == ("people[1].roles", "pressure")


def test_contact_and_trust_each_count_alone():
    rule = "refer_now.adult_and_child_listed"
    ages = ("people[0].age", "people[1].age")
    assert reasons(adult_contact="yes")[rule].because == (*ages, "adult_contact")
    assert reasons(position_of_trust="yes")[rule].because == (*ages, "position_of_trust")


def test_the_indicated_subtype_is_said_to_be_no_more_than_that():
    found = reasons(willing_making="unknown")["attention_seeking"]
    assert found.text.startswith("What is known so far points to Experimental: sexual attention")


def test_an_experimental_subtype_that_is_still_open():
    found = reasons(relationship="unknown")
    assert found["romantic"].text.startswith("Experimental: romantic cannot be ruled out, because")
    assert found["romantic"].because == ("relationship",)
    assert found["attention_seeking"].text.startswith("Experimental: sexual attention seeking, bec")


def test_a_source_names_the_interpretation_it_rests_on():
    found = reasons(pressure=("guilt_or_dares",))["reckless_misuse"]
    assert "Reckless Misuse; interpretation: pressure short of a threat" in found.source


def test_people_that_response_reasons_rest_on():
    people = (
        changed(CALM_PEOPLE[0], age=12, vulnerabilities=("send",), agency_involvement="current"),
        Person("B", 19, ("pictured",), (), "none"),
        Person("C", "unknown", ("witness",), (), "none"),
    )
    answers = calm(people, making_motive="non_sexual")
    level = {c.id: c for c in CONSULT}
    known = Findings(answers)
    assert level["under_13"].because(known) == ("people[0].age",)
    assert level["vulnerable"].because(known) == ("people[0].vulnerabilities",)
    assert level["agency_involved_now"].because(known) == ("people[0].agency_involvement",)
    assert level["adult_pictured"].because(known) == (
        "people[1].age",
        "people[0].age",
        "people[2].age",
    )
    assert level["witness_may_be_adult"].because(known) == ("people[2].age", "people[2].roles")


# --- the words ----------------------------------------------------------------------------------


def everything():
    rules = [*RULES, SCOPE, *EXPERIMENTAL_RULES, *RESPONSE_RULES]
    return [*(c for rule in rules for c in rule.conditions), *FLAG_RULES]


@pytest.mark.parametrize("condition", everything(), ids=lambda c: c.id)
def test_every_condition_can_be_listed(condition):
    assert re.fullmatch(r"[A-Z].+[a-z0-9]\.", condition.sentence)
    assert condition.source.startswith(("KSCB, ", "National advice", "interpretation: "))
    assert not re.search(r"offender|victim|perpetrator", condition.sentence + condition.doubt)
    assert len(set(condition.reads)) == len(condition.reads)
