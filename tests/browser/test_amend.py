"""An age becomes known: the answers are changed on a copy, and the case says what that changed."""

import pytest
from playwright.sync_api import Page, expect

from accounts.roles import Role
from referrals.models import Case
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.casework import press
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PERSON, make_case

NARROW = {"width": 320, "height": 800}
B = {**PERSON, "id": "p2", "ref": "B", "age": "unknown", "roles": ["asked_for_image"]}
SAVE = "Save the changed answers"
OPEN = "Open a copy of the answers"
WHY = "The college confirmed that B is 19."


@pytest.fixture
def case(site, practitioner) -> Case:
    """Undetermined: nobody knows how old B is."""
    answers = {"adult_contact": "unknown", "position_of_trust": "unknown"}
    return make_case(practitioner, people=[PERSON, B], **answers)


def begin(page: Page, case: Case) -> None:
    page.goto(f"/cases/{case.reference}/amend/")
    assert_accessible(page)
    page.get_by_label("What is known differently now").fill(WHY)
    press(page, OPEN)


def make_b_nineteen(page: Page) -> None:
    page.get_by_role("link", name="Change B", exact=True).click()
    assert_accessible(page)
    page.fill("[name=age]", "19")
    press(page, "Save and continue")


def test_an_unknown_age_becomes_nineteen(open_browser, case, dsl, practitioner):
    assert (case.classification, case.assessment.version) == ("undetermined", 1)
    page = open_browser(dsl)
    page.goto(f"/cases/{case.reference}/amend/")
    press(page, OPEN)
    expect(page.locator(".govuk-error-summary")).to_contain_text("Enter what is known differently")
    begin(page, case)
    said = page.get_by_text(f"Changing the answers of case {case.reference}")
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(said).to_be_visible()
    make_b_nineteen(page)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(said).to_be_visible()
    press(page, SAVE)
    text = page.inner_text("main")
    assert f"Case {case.reference}" in text
    assert "What changed in version 2" in text
    assert WHY in text
    changed = page.locator("h3", has_text="Changed: B").locator("+ dl").inner_text()
    assert "Before: I don’t know yet" in changed
    assert "Now: 19" in changed
    worked_out = page.locator("h2", has_text="What the tool worked out").locator("+ dl")
    expect(worked_out).to_contain_text("Before: Not yet clear")
    expect(worked_out).to_contain_text("Now: Aggravated: Adult Involved")
    found = Case.objects.get()
    assert found.classification == "adult_involved"
    assert found.assessments.get(version=1).answers["people"][1]["age"] == "unknown"
    assert found.assessments.get(version=2).answers["people"][1]["age"] == 19
    reporter = open_browser(practitioner)
    reporter.goto(f"/cases/{case.reference}/outcome/")
    assert "Not yet clear" in reporter.inner_text("main")
    assert WHY not in reporter.inner_text("main")


def test_every_page_of_a_copy_and_no_sending(open_browser, case, dsl):
    page = open_browser(dsl)
    begin(page, case)
    links = page.locator("main .govuk-summary-list__actions a")
    addresses = [links.nth(n).get_attribute("href") for n in range(links.count())]
    check = page.url
    discard = check.replace("/check/", "/discard/")
    assert len(addresses) > 15
    for address in [*dict.fromkeys(addresses), discard]:
        page.goto(address)
        assert_accessible(page)
        expect(page.get_by_text(f"Changing the answers of case {case.reference}")).to_be_visible()
        expect(page.get_by_text("Send to the safeguarding lead")).to_have_count(0)
    page.goto("/")
    assert_accessible(page)
    page.get_by_role("link", name=f"Go on with case {case.reference}").click()
    assert page.url == check
    page.goto(discard)
    page.get_by_label("Why is this change not needed?").fill("A mistake")
    press(page, "Discard this change")
    expect(page.get_by_text("The case stays as it is.")).to_be_visible()
    assert Case.objects.get().assessments.count() == 1


@pytest.mark.parametrize("javascript", [True, False])
def test_two_leads_collide(open_browser, case, dsl, school, javascript):
    deputy = UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])
    first = open_browser(dsl, javascript=True)
    second = open_browser(deputy, javascript=javascript, viewport=NARROW)
    for page in (first, second):
        page.goto(f"/cases/{case.reference}/amend/")
        page.get_by_label("What is known differently now").fill(WHY)
        page.get_by_role("button", name=OPEN).click()
    make_b_nineteen(first)
    press(first, SAVE)
    second.get_by_role("link", name="Change how the child", exact=False).first.click()
    second.check("[name=emotional_impact][value=severe]")
    second.get_by_role("button", name="Continue", exact=True).click()
    second.get_by_role("button", name=SAVE).click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Not saved yet")
    expect(told).to_contain_text("Example Lead saved changed answers")
    expect(told).to_contain_text("About B. Age")
    expect(told).to_contain_text("Now: 19")
    expect(told).to_contain_text("In your copy: I don’t know yet")
    assert_fits(second, NARROW["width"])
    if javascript:
        assert_accessible(second)
    second.get_by_role("button", name=SAVE).click()
    expect(second.get_by_role("heading", name="What changed in version 3")).to_be_visible()
    answers = Case.objects.get().assessment.answers
    assert (answers["emotional_impact"], answers["people"][1]["age"]) == ("severe", "unknown")


def test_nothing_scrolls_sideways_on_a_telephone(open_browser, case, dsl):
    page = open_browser(dsl, viewport=NARROW)

    def fits():
        assert_fits(page, NARROW["width"])

    begin(page, case)
    fits()
    page.goto("/")
    fits()
    page.go_back()
    make_b_nineteen(page)
    fits()
    press(page, SAVE)
    fits()
    page.goto(f"/cases/{case.reference}/amend/")
    fits()
