"""The whole: the worked cases, the shape of the answer, and that it is quick."""

import json
import sys
from pathlib import Path

import pytest

from triage.model import Assessment, assess
from triage.model.answers import Answers, Person, parse
from triage.model.catalogue import FLAGS, PROCEDURES, RESPONSES, SUBTYPES
from triage.model.vocabulary import ORDER, PERSON_ORDER

from .proof import CALM_PEOPLE, calm

CASES = [
    json.loads(line)
    for line in Path(__file__).parents[3].joinpath("cases/public.jsonl").read_text().splitlines()
]
FROM_GUIDANCE = {"procedures", "next_steps"}  # recommended by the guidance, not by the model


def test_the_worked_cases_are_all_here():
    assert [case["id"] for case in CASES] == [f"public-{n:02}" for n in range(1, 13)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_worked_case(case):
    found = assess(parse(case["answers"])).as_json()
    expected = {key: value for key, value in case["expect"].items() if key not in FROM_GUIDANCE}
    assert {key: found[key] for key in expected} == expected


def test_the_json_has_the_keys_of_the_command():
    found = assess(parse(CASES[7]["answers"])).as_json()
    assert set(found) == {
        "category",
        "subtype",
        "certainty",
        "indicated",
        "cannot_rule_out",
        "also_present",
        "deciding_questions",
        "response",
        "response_open",
        "reasons",
        "flags",
    }
    assert set(found["reasons"][0]) == {"rule", "because", "text", "source"}
    assert json.loads(json.dumps(found)) == found


def test_certainty_follows_from_what_is_open():
    assert assess(calm()).certainty == "settled"
    assert assess(calm(willing_making="unknown")).certainty == "provisional"
    # Nothing is left to find out, but capacity keeps a rule from being ruled out.
    capacity = assess(calm(capacity_concern="yes"))
    assert (capacity.deciding_questions, capacity.certainty) == ((), "provisional")


def test_facts_are_open_also_where_only_the_response_could_change():
    found = assess(calm(extreme_content="unknown"))
    assert found.certainty == "settled"
    assert found.response_open == ("extreme_content",)
    assert found.flags == ("facts_open",)


def test_the_outcome_of_an_adult_image_is_out_of_scope_but_the_response_is_not_calm():
    people = (Person("A", 30, ("pictured",), (), "none"), CALM_PEOPLE[1])
    found = assess(calm(people))
    assert (found.category, found.response) == ("out_of_scope", "consult_specialists")
    assert found.flags == ("adult_pictured", "adult_image")


def test_catalogue_ids_are_unique():
    for ids in (FLAGS, PROCEDURES, RESPONSES, SUBTYPES, ORDER, PERSON_ORDER):
        assert len(set(ids)) == len(ids)


def test_assessing_is_little_work_even_when_nothing_is_known():
    """Every open answer is tried, so this is the most there is to do for two people."""
    answers = Answers(people=(Person("A", "unknown", ("pictured",)), Person("B")))
    assess(answers)
    assert 100 < _calls(answers) < 60_000


def _calls(answers: Answers) -> int:
    """How many functions are called: the same on every machine, however busy."""
    called = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(count)
    try:
        assert isinstance(assess(answers), Assessment)
    finally:
        sys.setprofile(None)
    return called
