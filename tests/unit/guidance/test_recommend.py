import pytest

from guidance.content import Conditions, Facts, Item, Kind
from guidance.recommend import law_notes, recommend, why
from tests.factories.guidance import ALWAYS, make_edition, make_item


def facts(**given: object) -> Facts:
    base: dict[str, object] = {
        "category": "experimental",
        "subtype": "romantic",
        "flags": (),
        "response": "dsl_judgement",
    }
    return Facts(**{**base, **given})  # type: ignore[arg-type]


def step(key: str, order: int, when: Conditions, unless: Conditions | None = None) -> Item:
    kind = Kind.NEXT_STEP
    return make_item(kind, key, order=order, when=when, unless=unless or Conditions())


EMERGENCY = step("call_999", 20, Conditions(responses=("emergency",)))
FIRST = step("do_not_view", 10, ALWAYS)
DELETE = step(
    "ask_to_delete",
    40,
    Conditions(responses=("dsl_judgement",)),
    Conditions(flags=("facts_open",)),
)
TOOL = make_item(
    Kind.PROCEDURE,
    "brook_traffic_light",
    when=ALWAYS,
    unless=Conditions(subtypes=("adult_involved",), categories=("out_of_scope",)),
)
UNDER_13 = make_item(
    Kind.PROCEDURE,
    "harmful_behaviour_procedure",
    order=20,
    when=Conditions(categories=("aggravated", "undetermined"), flags=("under_13", "vulnerable")),
)
EDITION = make_edition(
    EMERGENCY,
    FIRST,
    DELETE,
    TOOL,
    UNDER_13,
    make_item(Kind.FLAG, "under_13", title="A child is 12 or under"),
    make_item(Kind.FLAG, "vulnerable", title="A child is vulnerable"),
    make_item(Kind.RESPONSE, "dsl_judgement", title="Talk to your safeguarding lead today"),
    make_item(Kind.OUTCOME, "adult_involved", title="Aggravated: Adult involved"),
    make_item(Kind.OUTCOME, "out_of_scope", title="Outside what this tool covers"),
    make_item(Kind.OUTCOME, "undetermined", title="Not yet clear"),
)


@pytest.mark.parametrize(
    ("given", "procedures", "next_steps"),
    [
        ({}, [TOOL], [FIRST, DELETE]),
        ({"flags": ("facts_open",)}, [TOOL], [FIRST]),
        ({"flags": ("under_13",)}, [TOOL, UNDER_13], [FIRST, DELETE]),
        (
            {"category": "aggravated", "subtype": "adult_involved", "response": "emergency"},
            [UNDER_13],
            [FIRST, EMERGENCY],
        ),
        (
            {"category": "out_of_scope", "subtype": None, "response": "other_procedure"},
            [],
            [FIRST],
        ),
    ],
)
def test_recommended_is_what_holds_and_is_not_taken_away(
    given: dict[str, object], procedures: list[Item], next_steps: list[Item]
) -> None:
    recommended = recommend(EDITION, facts(**given))
    assert list(recommended.procedures) == procedures
    assert list(recommended.next_steps) == next_steps


@pytest.mark.parametrize(
    ("item", "given", "words"),
    [
        (FIRST, {}, "Always recommended."),
        # What would take it away is no reason for it.
        (TOOL, {}, "Always recommended."),
        (DELETE, {}, "Because of: the response “Talk to your safeguarding lead today”."),
        (
            UNDER_13,
            {"flags": ("vulnerable", "under_13")},
            "Because of: the flag “A child is 12 or under”; the flag “A child is vulnerable”.",
        ),
        # A category that is only shown through its sub-types still has a name.
        (
            UNDER_13,
            {"category": "aggravated", "subtype": "reckless_misuse", "flags": ("under_13",)},
            "Because of: the classification “Aggravated”; the flag “A child is 12 or under”.",
        ),
        (
            UNDER_13,
            {"category": "undetermined", "subtype": None},
            "Because of: the classification “Not yet clear”.",
        ),
    ],
)
def test_why_says_which_condition_matched_in_words(
    item: Item, given: dict[str, object], words: str
) -> None:
    assert why(EDITION, item, facts(**given)) == words


@pytest.mark.parametrize(
    ("item", "given"),
    [
        (EMERGENCY, {}),
        (DELETE, {"flags": ("facts_open",)}),
        (TOOL, {"category": "out_of_scope", "subtype": None}),
    ],
)
def test_why_is_silent_about_what_is_not_recommended(item: Item, given: dict[str, object]) -> None:
    assert why(EDITION, item, facts(**given)) == ""


def test_law_notes_are_shown_always_or_for_their_flags() -> None:
    general = make_item(Kind.LAW, "images_of_children")
    trust = make_item(Kind.LAW, "trust", order=20, from_flags=("position_of_trust",))
    edition = make_edition(trust, general)
    assert law_notes(edition, facts()) == (general,)
    assert law_notes(edition, facts(flags=("under_13",))) == (general,)
    assert law_notes(edition, facts(flags=("position_of_trust",))) == (general, trust)
