"""Each experimental sub-type, over everything it reads."""

import pytest

from triage.model.logic import T
from triage.model.outcome import Findings
from triage.model.subtypes import EXPERIMENTAL_RULES

from . import casts
from .proof import calm, proved

YOUNG, ROMANTIC, ATTENTION, OTHER = EXPERIMENTAL_RULES


def both(one, other):
    return min(one, other, key="FUT".index)


def young(answers):
    shown = [casts.under_13(person) for person in answers.people if casts.pictured(person)]
    all_young = "U" if not shown else "F" if "F" in shown else "U" if "U" in shown else "T"
    motive = {"non_sexual": "T", "unknown": "U"}.get(answers.making_motive, "F")
    return both(all_young, motive)


def romantic(answers):
    partners = {"partners": "T", "unknown": "U"}.get(answers.relationship, "F")
    pair = {"pair": "T", "kept": "T", "unknown": "U"}.get(answers.audience, "F")
    return both(partners, pair)


def attention(answers):
    seen = {"kept": "F", "unknown": "U"}.get(answers.audience, "T")
    return both(seen, "F" if answers.making_motive in {"non_sexual", "for_self"} else "T")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(ROMANTIC, romantic), (ATTENTION, attention)],
    ids=["romantic", "attention"],
)
def test_subtype(covered, rule, expected):
    covered(proved(rule, expected, casts.few()))


def test_other_for_young_children(covered):
    covered(proved(YOUNG, young, [*casts.few(), *casts.SINGLES, *casts.pairs()]))


def test_other_is_whatever_is_left():
    assert OTHER.value(Findings(calm())) is T
    assert OTHER.reads == ()


def test_the_order_in_which_they_are_tried():
    assert [rule.id for rule in EXPERIMENTAL_RULES] == [
        "other",
        "romantic",
        "attention_seeking",
        "other",
    ]
