"""The edition that ships: whole, readable, and recommending what the specification says."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from guidance import catalogue
from guidance.completeness import problems
from guidance.content import Facts, Item, Kind
from guidance.files import read_editions
from guidance.recommend import recommend, why
from tests.factories.guidance import shipped_content
from web.markdown import plain, render

CASES = Path(__file__).parents[2] / "cases" / "public.jsonl"


def cases() -> list[Any]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [pytest.param(case["expect"], id=case["id"]) for case in map(json.loads, lines)]


def facts_of(expect: dict[str, Any]) -> Facts:
    return Facts(
        category=expect["category"],
        subtype=expect["subtype"],
        flags=expect["flags"],
        response=expect["response"],
    )


def every_text() -> list[Any]:
    return [pytest.param(item, id=f"{item.kind}-{item.key}") for item in shipped_content()]


def test_every_edition_that_ships_can_be_read_and_is_complete() -> None:
    editions = read_editions(settings.GUIDANCE_DIR)
    assert [edition.number for edition in editions] == list(range(1, len(editions) + 1))
    assert [problems(edition) for edition in editions] == [[]] * len(editions)


@pytest.mark.parametrize("expect", cases())
def test_worked_cases_are_recommended_what_they_expect(expect: dict[str, Any]) -> None:
    recommended = recommend(shipped_content(), facts_of(expect))
    assert [item.key for item in recommended.procedures] == expect["procedures"]
    assert [item.key for item in recommended.next_steps] == expect["next_steps"]


@pytest.mark.parametrize("expect", cases())
def test_every_recommendation_says_why(expect: dict[str, Any]) -> None:
    recommended = recommend(shipped_content(), facts_of(expect))
    for item in (*recommended.procedures, *recommended.next_steps):
        assert why(shipped_content(), item, facts_of(expect)).endswith(".")


def test_procedures_and_steps_are_in_the_order_of_the_model() -> None:
    content = shipped_content()
    assert tuple(i.key for i in content.of_kind(Kind.PROCEDURE)) == catalogue.PROCEDURES
    assert tuple(i.key for i in content.of_kind(Kind.NEXT_STEP)) == catalogue.NEXT_STEPS


SPECIFIED = {
    # The two tables of recommendations: id -> (when, unless), as lists of ids or True for always.
    "national_guidance": ({"always": True}, {}),
    "online_safety": ({"always": True}, {}),
    "hsb_tool": ({"always": True}, {}),
    "cse_toolkit": ({"always": True}, {}),
    "threshold_criteria": ({"always": True}, {}),
    "brook_traffic_light": (
        {"always": True},
        {"categories": {"out_of_scope"}, "subtypes": {"adult_involved"}},
    ),
    "harmful_behaviour_procedure": (
        {
            "categories": {"aggravated", "undetermined"},
            "flags": {"under_13", "vulnerable", "unwanted_image"},
        },
        {},
    ),
    "sexually_active_procedure": (
        {"categories": {"aggravated", "undetermined"}, "flags": {"under_13", "vulnerable"}},
        {},
    ),
    "do_not_view": ({"always": True}, {}),
    "call_999": ({"responses": {"emergency"}}, {}),
    "establish_risk_now": ({"flags": {"immediate_risk_unknown"}}, {}),
    "talk_to_dsl": ({"always": True}, {}),
    "refer_police_and_childrens_services": ({"responses": {"refer_now", "emergency"}}, {}),
    "consult_specialist_services": ({"responses": {"consult_specialists"}}, {}),
    "refer_lado": ({"flags": {"position_of_trust"}}, {}),
    "establish_position_of_trust": ({"flags": {"position_of_trust_unknown"}}, {}),
    "use_other_procedure": ({"categories": {"out_of_scope"}}, {}),
    "preserve_evidence": ({"responses": {"consult_specialists", "refer_now", "emergency"}}, {}),
    "do_not_pay": ({"flags": {"sextortion"}}, {}),
    "report_remove": (
        {"flags": {"still_accessible", "still_accessible_unknown", "wide_sharing", "sextortion"}},
        {"flags": {"adult_image"}},
    ),
    "keep_child_safe": (
        {"flags": {"self_harm_risk", "sextortion"}, "responses": {"emergency"}},
        {},
    ),
    "establish_self_harm_risk": ({"flags": {"emotional_impact_unknown"}}, {}),
    "support_child": ({"always": True}, {}),
    "inform_parents": (
        {"responses": {"dsl_judgement", "other_procedure", "consult_specialists"}},
        {"flags": {"family_involved"}},
    ),
    "parents_after_advice": (
        {"responses": {"refer_now", "emergency"}, "flags": {"family_involved"}},
        {},
    ),
    "tell_allocated_worker": ({"flags": {"known_to_services"}}, {}),
    "find_out": ({"flags": {"facts_open"}}, {}),
    "ask_to_delete": ({"responses": {"dsl_judgement"}}, {"flags": {"facts_open"}}),
    "avoid_criminalising": ({"always": True}, {}),
    "adult_image_law": ({"flags": {"adult_pictured"}}, {}),
    "record_reasons": ({"always": True}, {}),
}


@pytest.mark.parametrize("key", SPECIFIED)
def test_first_edition_has_exactly_the_conditions_of_the_specification(key: str) -> None:
    first = read_editions(settings.GUIDANCE_DIR)[0]
    kind = Kind.PROCEDURE if first.has(Kind.PROCEDURE, key) else Kind.NEXT_STEP
    item = first.item(kind, key)
    given = [
        {name: value if value is True else set(value) for name, value in vars(c).items() if value}
        for c in (item.when, item.unless)
    ]
    assert given == list(SPECIFIED[key])


def test_the_specification_is_tested_whole() -> None:
    assert set(SPECIFIED) == {*catalogue.PROCEDURES, *catalogue.NEXT_STEPS}


@pytest.mark.parametrize("item", every_text())
def test_every_text_renders_to_words(item: Item) -> None:
    assert "<p" in render(item.body)
    assert len(plain(item.body).split()) > 10


def test_what_is_said_about_devices_agrees() -> None:
    """The response and the step that are shown together: keep them safe, look through none."""
    content = shipped_content()
    response = plain(content.item(Kind.RESPONSE, "consult_specialists").body)
    step = plain(content.item(Kind.NEXT_STEP, "preserve_evidence").body)
    assert "leave devices alone" not in response
    for said in (response, step):
        assert "look through" in said
        assert "device" in said
