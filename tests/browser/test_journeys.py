"""Whole journeys in a real Chromium: from the first question to a recorded case."""

import json
from pathlib import Path

import pytest

from referrals.models import Case
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.walk import Walk

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "public.jsonl").read_text().splitlines()
]
SOURCE_EXAMPLES = CASES[:6]
NARROW = {"width": 320, "height": 800}


def recorded(walk: Walk) -> dict:
    return Case.objects.get(reference=walk.reference).assessment.result


def heading(page) -> str:
    """The classification in words, as the outcome page says it."""
    return page.locator("h2#kind + p").inner_text()


@pytest.mark.parametrize("case", SOURCE_EXAMPLES, ids=lambda case: case["id"])
def test_each_example_of_the_source_text_page_by_page(open_browser, practitioner, case):
    page = open_browser(practitioner)
    walk = Walk(page, case["answers"]).start().submit()
    assert_accessible(page)
    result = recorded(walk)
    assert (result["category"], result["subtype"], result["response"]) == (
        case["expect"]["category"],
        case["expect"]["subtype"],
        case["expect"]["response"],
    )
    assert case["expect"]["subtype"].replace("_", " ") in heading(page).lower()


def test_without_javascript(open_browser, practitioner):
    case = SOURCE_EXAMPLES[3]
    page = open_browser(practitioner, javascript=False)
    walk = Walk(page, case["answers"]).start().submit()
    assert recorded(walk)["subtype"] == "adult_involved"
    assert "position-of-trust" in walk.visited
    page.get_by_role("link", name="Copy to your own record").click()
    assert "Adult Involved" in page.get_by_label("Outcome of case").input_value()
    assert not page.get_by_role("button", name="Copy the text").is_visible()


def test_every_page_is_accessible_with_an_adult_and_a_risk(open_browser, practitioner):
    """The longest route: axe on each of its pages, the start, the check and the outcome."""
    answers = {**CASES[3]["answers"], "immediate_risk": "yes"}
    walk = Walk(open_browser(practitioner), answers, look=assert_accessible).start().submit()
    assert len(walk.visited) >= 20
    assert recorded(walk)["response"] == "emergency"


def test_dont_know_to_everything(open_browser, practitioner):
    page = open_browser(practitioner)
    walk = Walk(page, {"people": [{"ref": "A", "roles": ["pictured"]}]}).start().submit()
    result = recorded(walk)
    assert result["category"] == "undetermined"
    assert result["cannot_rule_out"] == ["adult_involved", "intent_to_harm", "reckless_misuse"]
    assert page.get_by_text("Find out", exact=False).count() >= 10
    assert_accessible(page)


def test_text_messages_only_with_an_adult_asking(open_browser, practitioner):
    answers = {
        **CASES[9]["answers"],
        "people": [
            {
                "ref": "A",
                "age": 14,
                "roles": [],
                "vulnerabilities": [],
                "agency_involvement": "none",
            },
            {
                "ref": "B",
                "age": 30,
                "roles": ["asked_for_image"],
                "vulnerabilities": [],
                "agency_involvement": "unknown",
            },
        ],
        "adult_contact": "yes",
    }
    page = open_browser(practitioner)
    walk = Walk(page, answers).start().submit()
    result = recorded(walk)
    assert (result["category"], result["response"]) == ("out_of_scope", "refer_now")
    assert "making" not in walk.visited
    assert {"pressure", "adults", "position-of-trust", "consent", "feelings"} <= set(walk.visited)


def test_send_now_from_the_third_page(open_browser, practitioner, dsl):
    page = open_browser(practitioner)
    walk = Walk(page, {**CASES[4]["answers"], "immediate_risk": "yes"}).start()
    walk.to("person")
    walk.answer("person")
    assert walk.name == "people"
    page.get_by_role("button", name="Send to the safeguarding lead now").click()
    page.wait_for_url("**/outcome/")
    case = Case.objects.get(reference=walk.reference)
    assert case.sent_early
    assert case.assessment.answers["people"][0]["age"] == 14
    assert case.assessment.answers["audience"] == "unknown"
    assert case.assessment.result["response"] == "emergency"
    lead = open_browser(dsl)
    lead.get_by_role("link", name=case.reference).click()
    assert "Sent before every question was answered" in lead.inner_text("main")


def test_the_lead_opens_the_case_that_was_recorded(open_browser, practitioner, dsl):
    walk = Walk(open_browser(practitioner), CASES[5]["answers"]).start().submit()
    lead = open_browser(dsl)
    assert_accessible(lead)
    lead.get_by_role("link", name=walk.reference).click()
    text = lead.inner_text("main")
    assert "Aggravated: Reckless Misuse" in text
    assert "Without thinking, or as a joke" in text
    assert_accessible(lead)


def test_two_tabs_two_drafts_no_answer_crosses(open_browser, practitioner):
    first = open_browser(practitioner)
    second = first.context.new_page()
    one = Walk(first, CASES[0]["answers"]).start()
    two = Walk(second, CASES[4]["answers"]).start()
    for stop in ("people", "audience", "making", "feelings", "check"):
        one.to(stop)
        two.to(stop)
    one.submit()
    two.submit()
    assert recorded(one)["subtype"] == "romantic"
    assert recorded(two)["subtype"] == "intent_to_harm"
    ages = {
        walk: [
            p["age"]
            for p in Case.objects.get(reference=walk.reference).assessment.answers["people"]
        ]
        for walk in (one, two)
    }
    assert ages == {one: [16, 16], two: [14, 14]}


def test_nothing_scrolls_sideways_on_a_telephone(open_browser, practitioner, dsl):
    def fits(page):
        assert_fits(page, NARROW["width"])

    page = open_browser(practitioner, viewport=NARROW)
    walk = Walk(page, CASES[3]["answers"], look=fits).start().submit()
    lead = open_browser(dsl, viewport=NARROW)
    fits(lead)
    lead.goto(f"/cases/{walk.reference}/")
    fits(lead)
    lead.goto("/how-this-tool-decides/")
    fits(lead)


LONG = "W" * 40  # as long as a reference may be, in the widest letters, with no place to break


@pytest.mark.parametrize("width", [NARROW["width"], 1280])
def test_a_reference_without_spaces_widens_no_page(open_browser, practitioner, dsl, width):
    def fits(page):
        assert_fits(page, width)
        beyond = "found => found.filter(e => e.getBoundingClientRect().right > innerWidth).length"
        assert page.locator("main *:not(.govuk-visually-hidden)").evaluate_all(beyond) == 0

    viewport = {"width": width, "height": 800}
    people = [{**CASES[4]["answers"]["people"][0], "ref": LONG}, *CASES[4]["answers"]["people"][1:]]
    page = open_browser(practitioner, viewport=viewport)
    walk = Walk(page, {**CASES[4]["answers"], "people": people}, look=fits).start().to("people")
    page.get_by_role("link", name=f"Remove {LONG}").click()
    fits(page)
    page.get_by_role("link", name=f"Keep {LONG}").click()
    page.get_by_role("link", name=f"Change {LONG}").click()
    fits(page)
    page.get_by_role("link", name="Back").click()
    walk.submit()
    lead = open_browser(dsl, viewport=viewport)
    lead.goto(f"/cases/{walk.reference}/")
    fits(lead)
    # Breaking long words anywhere must not break short ones that stand beside long texts.
    status = lead.get_by_role("columnheader", name="Status").or_(lead.get_by_text("To do").first)
    heights = status.evaluate_all("found => found.map(e => e.clientHeight)")
    assert max(heights) < 60
