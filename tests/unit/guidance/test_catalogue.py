"""Guidance and the triage model each declare the ids; neither may import the other here."""

from guidance import catalogue
from triage.model import catalogue as model
from triage.model import vocabulary


def test_the_ids_are_those_of_the_model() -> None:
    assert set(catalogue.CATEGORIES) == set(model.CATEGORIES)
    assert set(catalogue.SUBTYPES) == set(model.SUBTYPES)
    assert tuple(model.RESPONSES) == catalogue.RESPONSES
    assert tuple(model.FLAGS) == catalogue.FLAGS
    assert tuple(model.PROCEDURES) == catalogue.PROCEDURES
    assert tuple(model.NEXT_STEPS) == catalogue.NEXT_STEPS


def test_every_answer_has_a_question() -> None:
    asked = {"people", *catalogue.ANSWERS}
    assert asked == {"people", *vocabulary.ORDER}


def test_every_role_has_a_part() -> None:
    assert tuple(vocabulary.PERSON_VALUES["roles"]) == catalogue.ROLES


def test_every_answer_about_a_person_has_a_question() -> None:
    assert set(catalogue.PERSON_ANSWERS) == {"ref", *vocabulary.PERSON_VALUES}
