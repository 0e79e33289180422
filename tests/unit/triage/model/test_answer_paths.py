"""Answer paths such as `people[1].age`: reading and replacing one answer, and paths to nothing."""

import pytest

from triage.model.answers import Answers, AnswersError, parse
from triage.model.vocabulary import ORDER, PERSON_ORDER, PERSON_VALUES, VALUES

PATHS = [*(f"people[1].{key}" for key in PERSON_ORDER), *ORDER[1:]]


def two_people():
    return parse({"people": [{"ref": "A"}, {"ref": "B", "age": 15}]})


@pytest.mark.parametrize("path", PATHS)
def test_replace_changes_that_answer_alone(path):
    values = PERSON_VALUES | VALUES | {"ref": ("C",), "services": ("Example",)}
    key = path.rpartition(".")[2]
    allowed = values[key][0]
    before = two_people()
    new = [allowed] if isinstance(before.get(path), tuple) else allowed
    after = before.replace(path, new)
    assert after.get(path) == (tuple(new) if isinstance(new, list) else new)
    assert after.replace(path, before.get(path)) == before
    assert before == two_people()


@pytest.mark.parametrize(
    ("path", "value"),
    [("pressure", ["unknown", "threats"]), ("people[1].age", 15.0), ("audience", "all")],
)
def test_replace_refuses_what_parse_refuses(path, value):
    with pytest.raises(AnswersError, match=path.replace("[", r"\[")):
        two_people().replace(path, value)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "people",
        "people[2].age",
        "people[-1].age",
        "people[01].age",
        "people[0]",
        "people[0].name",
        "people[0].age ",
        "nothing",
        "people[9999999].age",
        "people[\u0661].age",
        "as_json",
    ],
)
def test_a_path_to_nothing(path):
    with pytest.raises(KeyError):
        two_people().get(path)
    with pytest.raises(KeyError):
        two_people().replace(path, "unknown")


def test_answers_never_change():
    with pytest.raises(AttributeError):
        two_people().audience = "kept"  # type: ignore[misc]
    assert hash(two_people()) == hash(two_people())
    assert isinstance(two_people(), Answers)
