"""Who has opened a case, in a real Chromium: found from the case, and fit for a telephone."""

from audit.acts import Act
from audit.queries import PAGE_SIZE
from audit.recorder import record_read
from tests.browser.axe import assert_fits
from tests.browser.casework import go, open_case
from tests.browser.test_casework import NARROW
from tests.factories.referrals import make_case


def test_a_lead_sees_who_has_opened_a_case_page_by_page(open_browser, practitioner, dsl):
    case = make_case(practitioner)
    for _ in range(PAGE_SIZE):
        record_read(by=dsl, action=Act.CASE_READ, obj=case, organisation=case.organisation)
    page = open_browser(dsl, viewport=NARROW)
    open_case(page, case)
    go(page, "Who has opened this case")
    assert_fits(page, NARROW["width"])
    first = page.locator("tbody tr").first.inner_text()
    assert "Example Lead" in first
    assert "Opened this page" in first
    go(page, "Older")
    last = page.locator("tbody tr").last.inner_text()
    assert "Example Teacher" in last
    assert "Started the triage that this case comes from" in last
    go(page, "Newest")
    # Each opening is on it: this one, the older page, and the first.
    assert page.get_by_text("Opened this page").count() == 3
