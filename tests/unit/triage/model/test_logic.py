"""Kleene's strong three-valued logic, table by table."""

from itertools import product

import pytest

from triage.model.logic import F, T, U, all_of, any_of, negated, truth

from .proof import TRUTHS


def test_or_over_every_combination(covered):
    number = 0
    for size in range(4):
        for values in product(TRUTHS, repeat=size):
            expected = T if T in values else U if U in values else F
            assert any_of(values) is expected
            number += 1
    covered(number)


def test_and_over_every_combination(covered):
    number = 0
    for size in range(4):
        for values in product(TRUTHS, repeat=size):
            expected = F if F in values else U if U in values else T
            assert all_of(values) is expected
            number += 1
    covered(number)


def test_not_keeps_the_unknown_unknown():
    assert [negated(value) for value in (T, U, F)] == [F, U, T]


def test_a_plain_answer_is_never_unknown():
    assert truth(True) is T
    assert truth(False) is F


@pytest.mark.parametrize("value", [T, U, F])
def test_no_truth_value_is_a_plain_yes_or_no(value):
    with pytest.raises(TypeError, match="three values"):
        bool(value)
