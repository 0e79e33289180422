import pytest

from guidance.content import Conditions, Facts, Kind
from tests.factories.guidance import make_edition, make_item

FACTS = Facts(
    category="aggravated",
    subtype="intent_to_harm",
    flags=("under_13", "sextortion"),
    response="refer_now",
)
NO_SUBTYPE = Facts(category="undetermined", subtype=None, flags=(), response="dsl_judgement")


@pytest.mark.parametrize(
    ("conditions", "holds"),
    [
        (Conditions(), False),
        (Conditions(always=True), True),
        (Conditions(categories=("experimental", "aggravated")), True),
        (Conditions(categories=("experimental",)), False),
        (Conditions(subtypes=("intent_to_harm",)), True),
        (Conditions(subtypes=("romantic",)), False),
        (Conditions(flags=("age_gap", "sextortion")), True),
        (Conditions(flags=("age_gap",)), False),
        (Conditions(responses=("refer_now",)), True),
        (Conditions(responses=("emergency",)), False),
        # Any one value is enough, whichever list it stands in.
        (Conditions(categories=("experimental",), flags=("under_13",)), True),
        (Conditions(categories=("experimental",), responses=("emergency",)), False),
    ],
)
def test_conditions_hold_when_any_value_matches(conditions: Conditions, holds: bool) -> None:
    assert conditions.holds(FACTS) is holds


def test_no_subtype_matches_no_subtype() -> None:
    every = Conditions(subtypes=("romantic", "other", "adult_involved"))
    assert not every.holds(NO_SUBTYPE)


def test_what_matched_is_what_is_left() -> None:
    asked = Conditions(
        categories=("aggravated", "undetermined"), flags=("age_gap", "under_13", "sextortion")
    )
    assert asked.matching(FACTS) == Conditions(
        categories=("aggravated",), flags=("under_13", "sextortion")
    )


def test_items_are_kept_in_order_within_their_kind() -> None:
    late, early = make_item(Kind.LAW, "a", order=20), make_item(Kind.LAW, "b", order=10)
    question = make_item(Kind.QUESTION, "ref", order=30)
    edition = make_edition(late, early, question)
    assert list(edition) == [question, early, late]
    assert edition.of_kind(Kind.LAW) == (early, late)


def test_an_edition_is_the_same_in_whatever_order_it_was_given() -> None:
    one, two = make_item(Kind.LAW, "a", order=1), make_item(Kind.LAW, "b", order=2)
    assert make_edition(one, two) == make_edition(two, one)


def test_items_are_found_by_kind_and_key() -> None:
    # "immediate_risk" is a question and a flag: the key alone says too little.
    flag = make_item(Kind.FLAG, "immediate_risk")
    question = make_item(Kind.QUESTION, "immediate_risk", title="Is any child at risk?")
    edition = make_edition(flag, question)
    assert edition.item(Kind.FLAG, "immediate_risk") is flag
    assert edition.item(Kind.QUESTION, "immediate_risk") is question
    assert not edition.has(Kind.LAW, "immediate_risk")
    with pytest.raises(KeyError):
        edition.item(Kind.LAW, "immediate_risk")


def test_folders_are_named_after_the_kinds() -> None:
    assert [kind.folder for kind in Kind] == [
        "questions",
        "outcomes",
        "responses",
        "procedures",
        "next_steps",
        "flags",
        "parts",
        "law",
        "pages",
    ]
