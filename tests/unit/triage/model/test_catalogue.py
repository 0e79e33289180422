"""The ids, and how they belong together."""

import pytest

from triage.model.catalogue import CATEGORIES, SUBTYPES, category_of


@pytest.mark.parametrize("subtype", SUBTYPES)
def test_a_subtype_has_a_category(subtype):
    category, same = category_of(subtype)
    assert same == subtype
    assert category == ("experimental" if SUBTYPES.index(subtype) < 3 else "aggravated")


@pytest.mark.parametrize("category", ["undetermined", "out_of_scope"])
def test_a_category_without_subtypes_stands_alone(category):
    assert category in CATEGORIES
    assert category_of(category) == (category, None)
