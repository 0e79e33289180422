"""From truth values to one outcome: the whole composition, over every truth value."""

from itertools import product

from triage.model.catalogue import CATEGORIES
from triage.model.logic import F, T, U
from triage.model.outcome import Outcome, compose

from .proof import TRUTHS

AGGRAVATED = ["adult_involved", "intent_to_harm", "reckless_misuse"]
EXPERIMENTAL = ["other", "romantic", "attention_seeking", "other"]
EVERYTHING = [
    (out, rules, (*subtypes, T))
    for out in (False, True)
    for rules in product(TRUTHS, repeat=3)
    for subtypes in product(TRUTHS, repeat=3)
]


def expected(out, rules, subtypes):
    """Straight from the text, one sentence after the other."""
    if out:
        return Outcome("out_of_scope", None, None, (), ())
    first = next(name for name, value in zip(EXPERIMENTAL, subtypes, strict=True) if value is T)
    for place, name in enumerate(AGGRAVATED):
        if rules[place] is T:
            before = tuple(n for i, n in enumerate(AGGRAVATED) if i < place and rules[i] is U)
            after = tuple(n for i, n in enumerate(AGGRAVATED) if i > place and rules[i] is T)
            return Outcome("aggravated", name, None, before, after)
    still_open = tuple(name for name, value in zip(AGGRAVATED, rules, strict=True) if value is U)
    if still_open:
        return Outcome("undetermined", None, first, still_open, ())
    left = []
    for name, value in zip(EXPERIMENTAL, subtypes, strict=True):
        if value is T:
            break
        if value is U and name != first:
            left.append(name)
    return Outcome("experimental", first, None, tuple(left), ())


def test_outcome_over_every_combination(covered):
    for out, rules, subtypes in EVERYTHING:
        found = compose(out, rules, subtypes)
        assert found == expected(out, rules, subtypes), (out, rules, subtypes)
        assert len(set(found.cannot_rule_out)) == len(found.cannot_rule_out)
    covered(len(EVERYTHING))


def test_there_is_always_exactly_one_outcome(covered):
    for out, rules, subtypes in EVERYTHING:
        found = compose(out, rules, subtypes)
        assert found.category in CATEGORIES
        assert (found.subtype is None) is (found.category in ("undetermined", "out_of_scope"))
        assert (found.indicated is not None) is (found.category == "undetermined")
    covered(len(EVERYTHING))


def test_unknown_never_becomes_experimental(covered):
    reached = 0
    for out, rules, subtypes in EVERYTHING:
        experimental = compose(out, rules, subtypes).category == "experimental"
        assert experimental is (not out and set(rules) == {F})
        reached += experimental
    assert reached == 27
    covered(len(EVERYTHING))


def test_an_adult_is_named_before_anything_else(covered):
    for _, rules, subtypes in EVERYTHING:
        found = compose(False, (T, *rules[1:]), subtypes)
        assert (found.category, found.subtype) == ("aggravated", "adult_involved")
        assert found.cannot_rule_out == ()
    covered(len(EVERYTHING))


def test_making_a_rule_more_certain_never_makes_the_outcome_milder(covered):
    order = ("experimental", "undetermined", "aggravated")
    number = 0
    for _, rules, subtypes in EVERYTHING:
        before = order.index(compose(False, rules, subtypes).category)
        for place in range(3):
            if rules[place] is not T:
                raised = [*rules[:place], TRUTHS[rules[place] + 1], *rules[place + 1 :]]
                assert order.index(compose(False, raised, subtypes).category) >= before
                number += 1
    covered(number)
