"""What a page does in a browser: focus, keyboard, errors, paper; and axe on the other pages."""

import json
import re

from playwright.sync_api import expect

from referrals.models import Case
from tests.browser.axe import assert_accessible
from tests.browser.test_journeys import CASES
from tests.browser.walk import Walk


def test_an_error_summary_takes_focus_and_its_link_reaches_the_field(open_browser, practitioner):
    page = open_browser(practitioner)
    Walk(page, CASES[0]["answers"]).start().to("person")
    page.fill("[name=ref]", "A child")
    page.get_by_role("button", name="Save and continue").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    assert page.title().startswith("Error: ")
    assert_accessible(page)
    links = summary.get_by_role("link")
    for number in range(links.count()):
        target = links.nth(number).get_attribute("href")
        links.nth(number).click()
        expect(page.locator(target)).to_be_focused()
    assert links.count() == 4
    assert page.input_value("[name=ref]") == "A child"


def test_the_first_pages_by_keyboard_alone(open_browser, practitioner):
    page = open_browser(practitioner)
    page.goto("/triage/start/")
    keys = page.keyboard

    def tab_to(text):
        for _ in range(60):
            keys.press("Tab")
            focused = page.evaluate(
                "() => { const e = document.activeElement;"
                " return e.labels?.length ? e.labels[0].innerText : e.innerText || '' }"
            )
            if text in focused:
                return
        raise AssertionError(f"the Tab key never reached {text!r}")

    keys.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to main content"
    tab_to("Start now")
    keys.press("Enter")
    page.wait_for_url("**/immediate-risk/")
    tab_to("Yes")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url("**/people/*/")
    tab_to("What will you call this person")
    keys.type("A")
    tab_to("How old")
    keys.type("15")
    for label in ("Is in the image", "None that we know of"):
        tab_to(label)
        keys.press("Space")
    tab_to("None that we know of")  # the radios about other agencies
    keys.press("Space")
    keys.press("Enter")
    page.wait_for_url(re.compile(r"/people/$"))
    assert "Age: 15" in page.inner_text("main")


def test_ticking_i_dont_know_unticks_the_rest(open_browser, practitioner):
    page = open_browser(practitioner)
    Walk(page, CASES[0]["answers"]).start().to("pressure")
    page.get_by_label("Threats").check()
    page.get_by_label("I don’t know yet").check()
    assert not page.get_by_label("Threats").is_checked()


def test_a_yes_to_immediate_risk_shows_999_on_the_next_page(open_browser, practitioner):
    page = open_browser(practitioner)
    Walk(page, {**CASES[0]["answers"], "immediate_risk": "yes"}).start().to("person")
    expect(page.get_by_role("heading", name=re.compile("999"))).to_be_visible()


def test_answers_that_cannot_both_be_right(open_browser, practitioner):
    people = json.loads(json.dumps(CASES[1]["answers"]["people"]))
    people[1]["age"] = 18
    page = open_browser(practitioner)
    walk = Walk(page, {**CASES[1]["answers"], "people": people}).start().to("which-is-right")
    assert "You said no adult was involved, but B is 18 or over." in page.inner_text("main")
    assert_accessible(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_label("what I said about B").check()
    page.get_by_role("button", name="Continue").click()
    page.fill("[name=age]", "14")
    page.get_by_role("button", name="Save and continue").click()
    walk.submit()
    case = Case.objects.get(reference=walk.reference)
    assert case.assessment.result["subtype"] == "attention_seeking"


def test_a_draft_is_resumed_on_another_device(open_browser, practitioner):
    Walk(open_browser(practitioner), CASES[2]["answers"]).start().to("relationship")
    elsewhere = open_browser(practitioner)
    assert "Section 2 of 4: How it was shared" in elsewhere.inner_text("main")
    assert_accessible(elsewhere)
    elsewhere.get_by_role("link", name="Go on with A").click()
    walk = Walk(elsewhere, CASES[2]["answers"])
    assert walk.name == "relationship"
    walk.submit()
    assert Case.objects.get().assessment.answers["people"][0]["age"] == 11


def test_changing_an_answer_from_the_check(open_browser, practitioner):
    page = open_browser(practitioner)
    Walk(page, CASES[0]["answers"]).start().to("check")
    page.get_by_role("link", name=re.compile("^Change how the children")).click()
    page.get_by_label("Very upset").check()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/check/")
    assert "Very upset" in page.inner_text("main")


def test_the_outcome_on_paper_holds_what_is_folded_on_the_screen(open_browser, practitioner):
    page = open_browser(practitioner)
    Walk(page, CASES[3]["answers"]).start().submit()
    inside = page.locator("details .govuk-details__text").first
    expect(inside).to_be_hidden()
    page.emulate_media(media="print")
    expect(inside).to_be_visible()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()


def test_on_paper_nothing_that_is_read_as_one_is_split(open_browser, practitioner):
    page = open_browser(practitioner)
    Walk(page, CASES[3]["answers"]).start().submit()
    page.emulate_media(media="print")
    for selector in (".app-reason", ".app-items > li", ".app-fold", ".app-now dl > div"):
        rules = page.locator(selector).evaluate_all(
            "found => found.map(e => getComputedStyle(e).breakInside)"
        )
        assert set(rules) == {"avoid"}, selector
    parts = page.locator("#people ~ p.app-keep")
    assert parts.count() > 1
    assert parts.first.evaluate("e => getComputedStyle(e).breakAfter") == "avoid"


def test_the_text_can_be_copied(open_browser, practitioner):
    page = open_browser(practitioner)
    Walk(page, CASES[3]["answers"]).start().submit()
    page.get_by_role("link", name="Copy to your own record").click()
    assert_accessible(page)
    page.context.grant_permissions(["clipboard-write"])
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    # No page of ours may read the clipboard: it is pasted elsewhere, as the person would.
    elsewhere = page.context.new_page()
    elsewhere.set_content("<textarea></textarea>")
    elsewhere.locator("textarea").press("Control+V")
    assert "WHAT TO DO RIGHT NOW" in elsewhere.locator("textarea").input_value()


def test_the_other_pages_are_accessible(open_browser, practitioner, dsl):
    signed_out = open_browser()
    signed_out.goto("/sign-in/")
    assert_accessible(signed_out)
    page = open_browser(practitioner)
    walk = Walk(page, CASES[0]["answers"]).start().to("people")
    page.get_by_role("link", name="Remove A").click()
    assert_accessible(page)
    page.get_by_role("link", name="Keep A").click()
    page.get_by_role("link", name="discard this triage").click()
    assert_accessible(page)
    page.get_by_role("button", name="Discard this triage").click()
    assert page.title().startswith("Error: ")
    assert_accessible(page)
    page.get_by_label("Why is this triage not needed?").fill("Started twice")
    page.get_by_role("button", name="Discard this triage").click()
    assert "The triage was discarded" in page.inner_text("main")
    assert_accessible(page)
    lead = open_browser(dsl)
    lead.get_by_role("link", name=re.compile("^Discarded")).click()
    assert "Started twice" in lead.inner_text("main")
    assert_accessible(lead)
    for address in ("/how-this-tool-decides/", "/guidance/", "/no-such-page/"):
        lead.goto(address)
        assert_accessible(lead)
    assert walk.visited == ["immediate-risk", "person"]
