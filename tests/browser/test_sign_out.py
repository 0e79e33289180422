"""A shared computer: who comes after somebody finds nothing of theirs."""

import pytest

from tests.browser.casework import press
from tests.factories.referrals import make_case


@pytest.fixture
def case(site, practitioner):
    return make_case(practitioner, notes="An unusualword")


def test_going_back_after_signing_out_shows_nothing(open_browser, case, dsl):
    page = open_browser(dsl)
    page.goto(f"/cases/{case.reference}/")
    assert "unusualword" in page.content()
    page.goto("/cases/")
    assert case.reference in page.content()
    press(page, "Sign out")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        assert "Sign in" in page.inner_text("h1")
        assert case.reference not in page.inner_text("body")
        assert "unusualword" not in page.content()
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names <= {"csrftoken", "sessionid"}
