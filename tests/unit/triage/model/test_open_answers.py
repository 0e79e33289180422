"""What is still open, what is tried, and what could change the outcome or raise the response."""

import pytest

from triage.model import assess
from triage.model.answers import Answers, Person
from triage.model.open_answers import open_answers, trials
from triage.model.outcome import Findings
from triage.model.vocabulary import LISTS, ORDER, SCALARS

from .proof import CALM_PEOPLE, calm, changed


def open_in(answers):
    return list(open_answers(Findings(answers)))


def tried(answers, path):
    return [other.get(path) for other in trials(answers, path)]


def test_nothing_is_open_where_everything_is_known():
    assert open_in(calm()) == []


def test_everything_is_open_where_nothing_is_known_in_table_order():
    people = (Person("A", 15, ("pictured",), (), "none"), Person("B"))
    of_b = ["people[1].age", "people[1].vulnerabilities", "people[1].agency_involvement"]
    plain = [key for key in ORDER if key in SCALARS or key in LISTS]
    assert open_in(Answers(people=people)) == [*of_b, *plain]


@pytest.mark.parametrize("key", [*SCALARS, *LISTS])
def test_each_unknown_answer_is_open(key):
    unknown = ("unknown",) if key in LISTS else "unknown"
    hidden = key == "position_of_trust"
    assert open_in(calm(**{key: unknown})) == ([] if hidden else [key])


def test_a_suspected_adult_is_open_too():
    assert "adult_contact" in open_in(calm(adult_contact="suspected"))
    assert open_in(calm(adult_contact="yes")) == []


def test_pressure_is_open_as_answered_whatever_a_role_adds():
    people = (CALM_PEOPLE[0], changed(CALM_PEOPLE[1], roles=("pressured_others",)))
    assert open_in(calm(people, pressure=("unknown",))) == ["pressure"]
    assert open_in(calm(people)) == []


@pytest.mark.parametrize(
    ("people", "changes", "asked"),
    [
        (CALM_PEOPLE, {}, False),
        (CALM_PEOPLE, {"adult_contact": "unknown"}, True),
        (CALM_PEOPLE, {"adult_contact": "yes"}, True),
        ((Person("A", 25, ("pictured",), (), "none"),), {}, True),
        ((Person("A", 25, ("received",), (), "none"),), {}, True),
        ((Person("A", 15, ("received",), (), "none"),), {}, False),
    ],
)
def test_position_of_trust_is_asked_only_where_an_adult_may_be(people, changes, asked):
    found = open_in(calm(people, position_of_trust="unknown", **changes))
    assert ("position_of_trust" in found) is asked


@pytest.mark.parametrize("key", SCALARS)
def test_a_plain_answer_is_tried_with_each_other_value(key):
    expected = [
        v for v in SCALARS[key] if v != "unknown" and (key, v) != ("image_kind", "no_image")
    ]
    assert tried(calm(**{key: "unknown"}), key) == expected


def test_other_answers_are_tried_as_the_model_says():
    answers = Answers(people=(Person("A"),), services=("unknown",))
    assert tried(answers, "people[0].age") == ["under_13", "13_to_17", "adult"]
    assert tried(answers, "people[0].vulnerabilities") == [("send",)]
    assert tried(answers, "people[0].agency_involvement") == ["current"]
    assert tried(answers, "pressure") == [(), ("asked_repeatedly",), ("threats",)]
    assert tried(answers, "long_term_impact") == []
    assert tried(answers, "services") == []
    assert tried(calm(adult_contact="suspected"), "adult_contact") == ["yes", "no"]


def test_trying_changes_that_answer_alone():
    answers = Answers(people=(Person("A"), Person("B")))
    for path in open_in(answers):
        for other in trials(answers, path):
            assert other.replace(path, answers.get(path)) == answers


# --- deciding questions -------------------------------------------------------------------------


def deciding(*people, **changes):
    return list(assess(calm(people or CALM_PEOPLE, **changes)).deciding_questions)


def raising(*people, **changes):
    return list(assess(calm(people or CALM_PEOPLE, **changes)).response_open)


def test_an_unknown_that_decides_and_one_that_does_not():
    assert deciding(willing_making="unknown", still_accessible="unknown") == ["willing_making"]


def test_an_unknown_decides_by_what_can_no_longer_be_ruled_out():
    """Romantic or not: the sub-type stays, what is open before it changes."""
    changes = {"relationship": "unknown", "audience": "pair"}
    assessed = assess(calm(**changes))
    assert (assessed.subtype, assessed.cannot_rule_out) == ("attention_seeking", ("romantic",))
    assert assessed.certainty == "provisional"
    assert "relationship" in assessed.deciding_questions


def test_an_unknown_decides_where_only_the_open_rules_would_change():
    """Undetermined either way; an altered image adds a rule that cannot be ruled out."""
    people = (CALM_PEOPLE[0], changed(CALM_PEOPLE[1], age="unknown"))
    assert deciding(*people, image_kind="unknown") == ["people[1].age", "image_kind"]


ONLINE = {"relationship": "online_only", "pressure": ("threats",)}


@pytest.mark.parametrize("answer", ["no", "unknown", "suspected", "yes"])
def test_the_unidentified_adult_is_asked_about_even_after_a_no(answer):
    found = deciding(Person("A", 15, ("pictured",), (), "none"), adult_contact=answer, **ONLINE)
    assert found == ([] if answer == "yes" else ["adult_contact"])


def test_it_is_not_asked_where_the_adult_is_listed():
    people = (
        Person("A", 15, ("pictured",), (), "none"),
        Person("B", 30, ("received",), (), "none"),
    )
    assert deciding(*people, adult_contact="no", **ONLINE) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (15, "13_to_17", []),
        (14, "13_to_17", ["people[1].age"]),
        (17, "13_to_17", ["people[1].age"]),
        ("13_to_17", "13_to_17", ["people[0].age", "people[1].age"]),
        ("under_13", 13, ["people[0].age"]),
        (14, 15, []),
    ],
)
def test_a_band_is_asked_about_where_a_gap_is_possible(one, other, expected):
    people = (
        Person("A", one, ("pictured",), (), "none"),
        Person("B", other, ("received",), (), "none"),
    )
    assert deciding(*people) == expected


def test_a_band_is_asked_about_only_in_an_experimental_case_and_of_a_party():
    shown = Person("A", 14, ("pictured",), (), "none")
    band = Person("B", "13_to_17", ("received",), (), "none")
    assert deciding(shown, band) == ["people[1].age"]
    assert deciding(shown, band, willing_sharing="no") == []
    assert deciding(shown, changed(band, roles=("witness",))) == []


def test_a_gap_to_oneself_is_none():
    assert deciding(Person("A", "13_to_17", ("pictured",), (), "none")) == []


@pytest.mark.parametrize(
    ("key", "raises"),
    [
        ("immediate_risk", True),
        ("capacity_concern", True),
        ("extreme_content", True),
        ("emotional_impact", True),
        ("still_accessible", False),
        ("long_term_impact", False),
    ],
)
def test_what_could_raise_the_response(key, raises):
    unknown = ("unknown",) if key in LISTS else "unknown"
    assert raising(**{key: unknown}) == ([key] if raises else [])


def test_what_is_open_about_a_person_may_raise_the_response():
    person = Person("B", 15, ("received",))
    found = raising(CALM_PEOPLE[0], person)
    assert found == ["people[1].vulnerabilities", "people[1].agency_involvement"]


def test_nothing_can_raise_an_emergency():
    assert raising(Person("A"), immediate_risk="yes", capacity_concern="unknown") == []


def test_lists_are_in_table_order_people_first():
    others = (Person(ref, roles=("received",)) for ref in "BCDEFGHIJKL")
    found = assess(Answers(people=(CALM_PEOPLE[0], *others))).deciding_questions
    ages = [f"people[{i}].age" for i in range(1, 12)]
    assert [path for path in found if path.startswith("people")] == ages
    plain = [ORDER.index(path) for path in found if not path.startswith("people")]
    assert plain == sorted(plain)
    assert len(set(found)) == len(found)
