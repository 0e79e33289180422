"""A restricted case, and the same person in two cases, as leads meet them in a browser."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from accounts.roles import Role
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.casework import fill, open_case, press, said
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at

NARROW = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}
CARD = "people/p1/"


@pytest.fixture
def case(site, practitioner):
    return make_case(practitioner)


@pytest.fixture
def other_dsl(school):
    return UserFactory(name="Example Second Lead", organisation=school, roles=[Role.DSL])


def looked_at(page):
    """Accessible, and nothing scrolls sideways on a telephone."""
    assert_accessible(page)
    page.set_viewport_size(NARROW)
    assert_fits(page, NARROW["width"])
    page.set_viewport_size(WIDE)


def test_the_other_lead_finds_a_restricted_case_nowhere(
    open_browser, case, dsl, other_dsl, practitioner
):
    other, reporter = open_browser(other_dsl), open_browser(practitioner)
    for page in (other, reporter):
        page.goto("/")
        assert case.reference in page.inner_text("main")
    page = open_browser(dsl)
    page.goto(at(case, "restrict/"))
    looked_at(page)
    press(page, "Restrict this case")
    errors = page.locator(".govuk-error-summary")
    assert "Select at least one person" in errors.inner_text()
    assert "Enter why this case is restricted" in errors.inner_text()
    looked_at(page)
    page.get_by_label("Example Lead").check()
    fill(page, {"reason": "An allegation against a colleague."})
    press(page, "Restrict this case")
    assert "Only the people you named" in said(page).inner_text()
    assert "Restricted" in page.inner_text("main")
    looked_at(page)

    missing = other.goto("/cases/CCCCC-CCCCC/")
    words = other.inner_text("main")
    for address in ("", "outcome/", "chronology/", CARD, "restrict/"):
        assert other.goto(at(case, address)).status == missing.status == 404
        assert other.inner_text("main") == words
    for address in ("/", "/cases/", "/cases/?status=any"):
        assert other.goto(address).status == 200
        assert case.reference not in other.content()
    assert reporter.goto(at(case, "outcome/")).status == 404
    reporter.goto("/")
    assert case.reference not in reporter.content()

    page.goto(at(case, "lift-restriction/"))
    looked_at(page)
    fill(page, {"reason": "The allegation was about somebody else."})
    press(page, "Lift the restriction")
    assert other.goto(at(case)).status == 200


def test_whoever_leaves_herself_out_is_told_at_home(open_browser, case, dsl, other_dsl):
    page = open_browser(dsl)
    page.goto(at(case, "restrict/"))
    page.get_by_label("Example Second Lead").check()
    fill(page, {"reason": "I am close to the person it is about."})
    press(page, "Restrict this case")
    assert urlsplit(page.url).path == "/"
    assert "You did not name yourself" in said(page).inner_text()
    assert case.reference not in page.content()
    page = open_browser(other_dsl)
    open_case(page, case)
    page.goto(at(case, "restrict/"))
    assert page.get_by_label("Example Second Lead").is_checked()
    assert not page.get_by_label("Example Lead", exact=True).is_checked()


def test_a_card_a_match_and_a_pattern(open_browser, case, dsl, practitioner):
    other = make_case(practitioner)
    page = open_browser(dsl)
    page.goto(at(other, CARD))
    looked_at(page)
    card = {"full_name": "Zoe Example", "date_of_birth": "27 3 2012", "pupil_number": ""}
    fill(page, card)
    press(page, "Save the identity card")
    page.goto(at(case, CARD))
    fill(page, {"full_name": "zoë  example", "date_of_birth": "27 3 2999"})
    press(page, "Save the identity card")
    page.locator(".govuk-error-summary a").click()
    expect(page.locator("[name=date_of_birth]")).to_be_focused()
    looked_at(page)
    fill(page, {"date_of_birth": "27/3/2012"})
    press(page, "Save the identity card")
    assert "The identity card was saved" in said(page).inner_text()
    assert page.locator("[name=full_name]").input_value() == "zoë example"
    looked_at(page)
    page.get_by_role("link", name=f"Compare with case {other.reference}").click()
    assert "Zoe Example" in page.inner_text("main")
    looked_at(page)
    press(page, "Save")
    assert page.title().startswith("Error: ")
    page.get_by_label("Yes, the same person").check()
    fill(page, {"reason": "Her form tutor knows both."})
    press(page, "Save")
    links = page.locator("#links + ul")
    assert other.reference in links.inner_text()
    assert "Experimental: Romantic" in links.inner_text()
    assert "Part played: Is in the image" in links.inner_text()
    looked_at(page)
    open_case(page, case)
    people = page.locator("#who ~ table").first
    assert "Identity card filled in" in people.inner_text()
    assert other.reference in people.inner_text()
    assert "Example" not in people.inner_text()
    looked_at(page)
    people.get_by_role("link", name="Open the identity card of A").click()
    page.get_by_role("link", name="Compare, or say that it is not the same").click()
    page.get_by_label("No, not the same person").check()
    press(page, "Save")
    assert "None known" in page.inner_text("main")
    assert other.reference in page.locator("#apart + ul").inner_text()
    looked_at(page)
    assert "Zoe" not in page.title()


def test_the_second_writer_of_a_card_is_told(open_browser, case, dsl, other_dsl):
    first, second = open_browser(dsl), open_browser(other_dsl)
    for page in (first, second):
        page.goto(at(case, CARD))
    fill(first, {"date_of_birth": "27 3 2012"})
    press(first, "Save the identity card")
    fill(second, {"full_name": "Zoe Example"})
    press(second, "Save the identity card")
    text = second.inner_text("main")
    assert "this case changed while you had this page open" in text
    assert "Example Lead" in text
    assert "Date of birth: 27 March 2012" in text
    assert second.locator("[name=full_name]").input_value() == "Zoe Example"
    looked_at(second)
    fill(second, {"date_of_birth": "27 3 2012"})
    press(second, "Save the identity card")
    assert "The identity card was saved" in said(second).inner_text()


def test_without_javascript(open_browser, case, dsl, other_dsl):
    page = open_browser(dsl, javascript=False)
    page.goto(at(case, CARD))
    fill(page, {"full_name": "Zoe Example"})
    page.get_by_role("button", name="Save the identity card").click()
    assert page.locator("[name=full_name]").input_value() == "Zoe Example"
    page.goto(at(case, "restrict/"))
    page.get_by_label("Example Second Lead").check()
    fill(page, {"reason": "I am close to the person it is about."})
    page.get_by_role("button", name="Restrict this case").click()
    assert "You did not name yourself" in said(page).inner_text()
