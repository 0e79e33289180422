"""The queue in a real Chromium: filters, pages and search by keyboard; axe on every page of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.roles import Role
from referrals.deadlines import review_times
from tests.browser.axe import assert_accessible, assert_fits
from tests.factories.accounts import UserFactory
from tests.factories.many_cases import make_many_cases, make_row
from tests.factories.referrals import EMERGENCY, PERSON, make_case
from triage.actions import start_draft

NARROW = {"width": 320, "height": 640}
LONG = "Child-with-a-reference-that-never-breaks"


@pytest.fixture
def busy(site, practitioner):
    """A case with something to search for, an overdue one, many more, and a draft."""
    person = {**PERSON, "ref": LONG}
    found = make_case(practitioner, people=[person], notes="Told at the gate", **EMERGENCY)
    late = timezone.now() - timedelta(hours=1)
    make_row(practitioner, "vulnerable", urgency=3, review_due_at=late)
    make_many_cases(practitioner, 300)
    start_draft(by=practitioner)
    return found


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the field or button of that name has the focus."""
    for _ in range(90):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => { const e = document.activeElement;"
            " return e.labels?.length ? e.labels[0].innerText : e.innerText || '' }"
        )
        if focused.startswith(name):
            return
    raise AssertionError(f"the Tab key never reached {name!r}")


def cases_of(page: Page) -> list[str]:
    return page.locator("table .app-reference").all_inner_texts()


@pytest.mark.parametrize("javascript", [True, False])
def test_filtering_and_paging_by_keyboard(open_browser, busy, dsl, javascript):
    page = open_browser(dsl, javascript=javascript)
    page.goto("/cases/")
    tab_to(page, "Filter the cases")
    page.keyboard.press("Enter")
    tab_to(page, "Status")
    page.keyboard.press("End")  # the last choice, "Closed or not"
    tab_to(page, "Show these cases")
    page.keyboard.press("Enter")
    page.wait_for_url("**status=any**")
    summary = page.get_by_text("302 of 302 cases: closed or not.")
    expect(summary).to_be_visible()
    first = cases_of(page)
    tab_to(page, "Next page")
    page.keyboard.press("Enter")
    page.wait_for_url("**after=**")
    second = cases_of(page)
    assert (len(first), len(second)) == (50, 50)
    assert not set(first) & set(second)
    if javascript:  # axe needs it
        assert_accessible(page)
    page.get_by_role("link", name="Previous page").click()
    assert cases_of(page) == first
    page.get_by_role("link", name="Clear filters").first.click()
    assert "not closed" in page.locator("main").inner_text()


def test_searching_by_keyboard(open_browser, busy, dsl):
    page = open_browser(dsl)
    tab_to(page, "Search all cases")
    page.keyboard.type("gate never-breaks")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/search/#found")
    assert cases_of(page) == [busy.reference]
    assert "gate" not in page.url + page.title()
    assert_accessible(page)
    page.get_by_label("Search all cases").fill("no such thing")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="No case found")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Search all cases").fill("")
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    assert_accessible(page)


def test_many_found_are_paged_by_buttons(open_browser, busy, dsl):
    page = open_browser(dsl)
    page.goto("/cases/search/")
    page.get_by_label("Search all cases").fill("person")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_text("Cases 51 to 100 of 301")).to_be_visible()
    page.get_by_role("button", name="Previous page").click()
    expect(page.get_by_text("Cases 1 to 50 of 301")).to_be_visible()
    assert "person" not in page.url


@pytest.mark.parametrize(
    "address", ["/", "/cases/", "/cases/?until=x&flag=vulnerable", "/cases/?flag=ai_generated"]
)
def test_home_and_queue_are_accessible_and_fit_a_narrow_screen(open_browser, busy, dsl, address):
    page = open_browser(dsl, viewport=NARROW)
    page.goto(address)
    assert_accessible(page)
    assert_fits(page, NARROW["width"])
    for fold in page.locator("details:not([open]) > summary").all():
        fold.click()
    assert_accessible(page)
    assert_fits(page, NARROW["width"])


def test_search_fits_a_narrow_screen(open_browser, busy, dsl):
    page = open_browser(dsl, viewport=NARROW)
    page.goto("/cases/search/")
    assert_accessible(page)
    page.get_by_label("Search all cases").fill("a")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="found")).to_be_visible()
    assert_fits(page, NARROW["width"])


def test_with_no_case_the_pages_are_accessible(open_browser, dsl):
    page = open_browser(dsl)
    for address in ("/", "/cases/"):
        page.goto(address)
        assert_accessible(page)
    page.get_by_role("link", name="start a triage").click()
    page.wait_for_url("**/triage/start/")


@pytest.mark.parametrize("javascript", [True, False])
def test_the_manager_sets_review_times(open_browser, site, school, javascript):
    manager = UserFactory(organisation=school, roles=[Role.MANAGER])
    page = open_browser(manager, javascript=javascript, viewport=NARROW)
    page.get_by_role("link", name="Set how soon safeguarding leads review a new case").click()
    if javascript:
        assert_accessible(page)
    assert_fits(page, NARROW["width"])
    page.get_by_label("Refer now").select_option("Within an hour")
    page.get_by_role("button", name="Save the times").click()
    expect(page.get_by_text("The times were saved")).to_be_visible()
    assert review_times(school)["refer_now"] == "one_hour"
