from dataclasses import replace

import pytest

from guidance.catalogue import REQUIRED
from guidance.completeness import problems
from guidance.content import Conditions, Kind
from tests.factories.guidance import complete_edition, complete_items, make_edition, make_item


def test_a_complete_edition_has_no_problem() -> None:
    assert problems(complete_edition()) == []


@pytest.mark.parametrize(
    ("kind", "key"), [(k, key) for k, keys in REQUIRED.items() for key in keys]
)
def test_every_text_that_is_missing_is_named(kind: Kind, key: str) -> None:
    items = [item for item in complete_items() if (item.kind, item.key) != (kind, key)]
    assert problems(make_edition(*items)) == [f"{kind.folder}: there is no text for {key}"]


def test_one_law_note_is_needed_whatever_its_key() -> None:
    assert problems(complete_edition(without=["a_law"])) == ["law: there is no law note"]


def test_a_text_that_nothing_shows_is_named() -> None:
    edition = make_edition(*complete_items(), make_item(Kind.FLAG, "under_14"))
    assert problems(edition) == ["flags: nothing shows under_14"]


def test_a_procedure_more_than_the_model_knows_is_welcome() -> None:
    extra = make_item(Kind.PROCEDURE, "a_local_tool", when=Conditions(always=True))
    assert problems(make_edition(*complete_items(), extra)) == []


@pytest.mark.parametrize("key", ["record_reasons", "online_safety"])
def test_what_is_never_recommended_is_named(key: str) -> None:
    items = [replace(i, when=Conditions()) if i.key == key else i for i in complete_items()]
    (problem,) = problems(make_edition(*items))
    assert problem.endswith(f"{key} has no condition under which it is recommended")
