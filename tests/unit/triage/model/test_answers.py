"""Reading answers: the canonical form, what is taken for unknown, and every way to be wrong."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.model.answers import Answers, AnswersError, Person, parse
from triage.model.vocabulary import LISTS, ORDER, PERSON_ORDER, PERSON_VALUES, SCALARS, VALUES

from .strategies import answers as any_answers

LEAST = {"people": [{"ref": "A"}]}
NOT_TEXT = [None, True, 1, 1.5, math.nan, ["yes"], {"yes": 1}, (), 10**6000, "", "Yes", "yes "]


def kind_of(value):
    """The name of a case: a number of 6,000 digits cannot be written out."""
    return type(value).__name__


def problems(data):
    with pytest.raises(AnswersError) as caught:
        parse(data)
    assert isinstance(caught.value, ValueError)
    assert caught.value.problems
    return caught.value.problems


def with_person(**changes):
    return {"people": [{"ref": "A"} | changes]}


def test_what_is_missing_is_unknown_as_the_table_says():
    answers = parse(LEAST)
    assert all(answers.get(key) == "unknown" for key in SCALARS)
    assert answers.services == ()
    assert answers.pressure == answers.long_term_impact == ("unknown",)
    assert answers.people == (Person("A", "unknown", (), ("unknown",), "unknown"),)


def test_canonical_form_holds_every_key_in_table_order():
    canonical = parse(LEAST).as_json()
    assert tuple(canonical) == ORDER
    assert tuple(canonical["people"][0]) == PERSON_ORDER
    assert canonical["pressure"] == ["unknown"]
    assert canonical["services"] == []


@given(any_answers())
def test_canonical_form_is_read_back_unchanged(answers):
    assert parse(answers.as_json()) == answers
    assert parse(json.loads(json.dumps(answers.as_json()))) == answers


@pytest.mark.parametrize("key", SCALARS)
def test_each_value_of_each_plain_answer_is_taken(key):
    for value in SCALARS[key]:
        assert parse(LEAST | {key: value}).get(key) == value


@pytest.mark.parametrize("key", SCALARS)
@pytest.mark.parametrize("value", NOT_TEXT, ids=kind_of)
def test_nothing_else_is(key, value):
    [problem] = problems(LEAST | {key: value})
    assert problem == f"{key} must be one of: {', '.join(SCALARS[key])}."


@pytest.mark.parametrize("key", LISTS)
def test_each_item_of_each_list_is_taken(key):
    for item in LISTS[key]:
        assert parse(LEAST | {key: [item]}).get(key) == (item,)
    assert parse(LEAST | {key: []}).get(key) == ()
    known = [item for item in LISTS[key] if item != "unknown"]
    assert parse(LEAST | {key: known}).get(key) == tuple(known)


WRONG_LISTS = [
    "unknown",
    None,
    {},
    1,
    [1],
    [None],
    [["unknown"]],
    [{}],
    ["Threats"],
    [True],
    [math.nan],
]


@pytest.mark.parametrize("key", LISTS)
@pytest.mark.parametrize("value", WRONG_LISTS)
def test_a_wrong_list_is_told_the_items_allowed(key, value):
    [problem] = problems(LEAST | {key: value})
    assert problem == f"{key} must be a list, and each item one of: {', '.join(LISTS[key])}."


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("pressure", LEAST | {"pressure": ["threats", "threats"]}),
        ("pressure", LEAST | {"pressure": ["unknown", "unknown"]}),
        ("services", LEAST | {"services": ["Example", "Example"]}),
        ("long_term_impact", LEAST | {"long_term_impact": ["health", "other", "health"]}),
        ("people[0].roles", with_person(roles=["witness", "witness"])),
        ("people[0].vulnerabilities", with_person(vulnerabilities=["send", "send"])),
    ],
)
def test_an_item_may_not_be_repeated(path, data):
    assert problems(data) == [f"{path} must be a list with no item repeated."]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("pressure", LEAST | {"pressure": ["unknown", "threats"]}),
        ("long_term_impact", LEAST | {"long_term_impact": ["health", "unknown"]}),
        ("services", LEAST | {"services": ["Example", "unknown"]}),
        ("people[0].vulnerabilities", with_person(vulnerabilities=["unknown", "send"])),
    ],
)
def test_unknown_stands_alone(path, data):
    assert problems(data) == [f'{path} must be ["unknown"] or a list without "unknown".']


def test_nobody_needs_a_role_but_none_is_called_unknown():
    assert parse(with_person(roles=[])).people[0].roles == ()
    assert "people[0].roles must be a list" in problems(with_person(roles=["unknown"]))[0]


@pytest.mark.parametrize("services", [["Example Chat"], [], ["unknown"], ["a", "b"]])
def test_services_are_names(services):
    assert parse(LEAST | {"services": services}).services == tuple(services)


@pytest.mark.parametrize("services", ["Example", [""], [1], [None], [["a"]], None, ["a\x00b"]])
def test_services_that_are_no_names(services):
    [problem] = problems(LEAST | {"services": services})
    assert problem.startswith("services must be a list")


@pytest.mark.parametrize("age", [*range(121), *PERSON_VALUES["age"]])
def test_an_age_is_taken(age):
    assert parse(with_person(age=age)).people[0].age == age


WRONG_AGES = [-1, 121, 10**6000, -(10**6000), True, False, 15.0, math.nan, math.inf, "15", "child"]


@pytest.mark.parametrize("age", [*WRONG_AGES, None, [15], {"years": 15}, ""], ids=kind_of)
def test_anything_else_is_no_age(age):
    expected = (
        "people[0].age must be a whole number from 0 to 120 or one of: "
        "under_13, 13_to_17, adult, unknown."
    )
    assert problems(with_person(age=age)) == [expected]


@pytest.mark.parametrize("ref", ["A", "x" * 40, " ", "unidentified", "Zoë 7"])
def test_a_ref_is_kept_as_given(ref):
    assert parse(with_person(ref=ref)).people[0].ref == ref


@pytest.mark.parametrize("ref", ["", "x" * 41, None, 1, True, ["A"], {}, "A\n", "A\x00", "\ud800"])
def test_a_ref_is_1_to_40_characters_of_text(ref):
    assert problems(with_person(ref=ref)) == ["people[0].ref must be text of 1 to 40 characters."]


def test_two_people_may_have_the_same_ref():
    assert len(parse({"people": [{"ref": "A"}, {"ref": "A"}]}).people) == 2


@pytest.mark.parametrize("person", [None, "A", [], 1, True])
def test_a_person_is_an_object(person):
    [problem] = problems({"people": [{"ref": "A"}, person]})
    assert problem.startswith("people[1] must be an object with the keys: ref, age")


def test_a_person_needs_a_ref():
    assert problems({"people": [{"age": 15}]}) == [
        "people[0].ref must be text of 1 to 40 characters."
    ]


@pytest.mark.parametrize("people", [None, [], {}, "A", {"ref": "A"}, 1])
def test_at_least_one_person(people):
    assert problems({"people": people})[0].startswith("people must be a list of at least one")
    assert problems({})[0].startswith("people must be a list of at least one")


@pytest.mark.parametrize("data", [None, [], "{}", 1, True, math.nan, [LEAST]])
def test_answers_are_an_object(data):
    [problem] = problems(data)
    assert problem.startswith("The answers must be an object with the keys: people, immediate_risk")


def test_an_unknown_key_is_named_with_those_allowed():
    [problem] = problems(LEAST | {"Pressure": []})
    assert problem == f"'Pressure' is no key. Keys: {', '.join(ORDER)}."
    [problem] = problems(with_person(name="not asked for"))
    assert problem == f"people[0].'name' is no key. Keys: {', '.join(PERSON_ORDER)}."
    assert "not asked for" not in problem


@pytest.mark.parametrize("key", [1, None, ("a",), 1.5, 10**6000], ids=kind_of)
def test_a_key_that_is_not_text(key):
    assert problems({**LEAST, key: 1})[0].startswith("Something that is not text is no key.")


def test_a_strange_key_can_be_shown():
    [problem] = problems(LEAST | {"\ud800\n" + "x" * 10_000: 1})
    assert problem.isprintable()
    assert problem.isascii()
    assert len(problem) < 600


def test_every_problem_is_told_at_once():
    data = {"people": [{"age": True}, 1], "pressure": "none", "audience": "everyone", "extra": 1}
    assert len(problems(data)) == 6


def test_a_problem_never_repeats_a_value():
    secret = "Example Child"
    data = {"people": [{"ref": secret * 9, "age": secret, "roles": [secret]}]}
    data |= {"audience": secret, "pressure": [secret], "services": secret}
    assert secret not in " ".join(problems(data))


json_like = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(list(VALUES)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
people_like = st.lists(
    st.dictionaries(st.sampled_from(PERSON_ORDER), json_like, max_size=5) | json_like, max_size=3
)


@given(json_like | st.dictionaries(st.sampled_from(ORDER), json_like | people_like))
def test_whatever_is_given_is_answers_or_an_answers_error(data):
    told = outcome(data)
    if isinstance(told, Answers):
        assert parse(told.as_json()) == told
    else:
        assert told
        assert all(isinstance(problem, str) for problem in told)


def outcome(data):
    """The answers, or the problems; any other exception is a failure of the test."""
    try:
        return parse(data)
    except AnswersError as error:
        return error.problems
