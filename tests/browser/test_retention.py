"""A case whose time has come, an old draft, and all that is held on a person, in a browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from referrals.models import Case, Tombstone
from tests.browser.axe import assert_accessible
from tests.browser.casework import errors, fill, go, open_case, press, said
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at
from tests.integration.referrals.retention.setting import card, closed, due
from triage.actions import discard_draft, start_draft
from triage.models import Draft

NARROW = {"width": 320, "height": 800}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def case(site, practitioner, dsl) -> Case:
    case = make_case(practitioner)
    card(case, dsl, name="Zoe Example")
    return due(closed(case, dsl))


def fits(page):
    """Nothing scrolls sideways on a telephone."""
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], page.url
    page.set_viewport_size(WIDE)


def test_hold_lift_delete_and_what_is_left(open_browser, case, dsl):
    page = open_browser(dsl)
    go(page, "1 closed")
    fits(page)
    open_case(page, case)
    go(page, "Put it on legal hold")
    fits(page)
    fill(page, {"reason": "An inquiry asks for records of that year."})
    press(page, "Put this case on legal hold")
    assert "On legal hold" in page.inner_text("main")
    page.goto(at(case, "delete/"))
    assert "on legal hold" in page.inner_text("main")
    assert page.locator("main [name=reference]").count() == 0
    open_case(page, case)
    fits(page)
    go(page, "Lift the legal hold")
    fill(page, {"reason": "The inquiry has ended."})
    press(page, "Lift the legal hold")
    go(page, "Delete this case")
    assert "This cannot be undone" in page.inner_text("main")
    fits(page)
    press(page, "Delete this case for good")
    assert "Select why it is deleted" in errors(page).inner_text()
    fits(page)
    fill(page, {"reason": "period_ended", "reference": case.reference})
    press(page, "Delete this case for good")
    assert f"Case {case.reference} was deleted." in said(page).inner_text()
    assert not Case.objects.exists()
    open_case(page, case)
    text = page.inner_text("main")
    assert "This case was deleted" in text
    assert "under the retention rules" in text
    assert "Zoe" not in text
    assert_accessible(page)
    fits(page)
    assert Tombstone.objects.get().reference == case.reference


def test_a_draft_that_nobody_finished_and_what_is_held(open_browser, case, dsl, practitioner):
    draft = start_draft(by=practitioner)
    long_ago = timezone.now() - timedelta(days=40)
    Draft.objects.filter(pk=draft.pk).update(saved_at=long_ago)
    page = open_browser(dsl, javascript=False)
    page.locator("#untouched + p + ul a").click()
    assert "Nobody has touched this triage for 28 days" in page.inner_text("main")
    page.get_by_role("link", name="Discard it, with a reason").click()
    fill(page, {"reason": "Started twice."})
    page.get_by_role("button", name="Discard this triage").click()
    assert "The triage was discarded" in said(page).inner_text()
    page.goto(at(case, "people/p1/"))
    page.get_by_role("link", name="Everything held on this person").click()
    assert "Zoe Example" in page.inner_text("main")
    with page.expect_download() as found:
        page.get_by_role("link", name="Download as a table (CSV)").click()
    assert found.value.suggested_filename == "everything-held.csv"
    assert "Zoe Example" in found.value.path().read_text(encoding="utf-8-sig")


def test_discarded_triages_are_ticked_and_deleted(open_browser, site, dsl, practitioner):
    for _ in range(2):
        draft = start_draft(by=practitioner)
        discard_draft(draft=draft, reason="Started twice", by=practitioner)
    Draft.objects.update(discarded_at=timezone.now() - timedelta(days=400))
    page = open_browser(dsl)
    go(page, "2 discarded triages")
    fits(page)
    page.get_by_role("link", name="Read it").first.click()
    assert "Started twice" in page.inner_text("main")
    page.go_back()
    press(page, "Delete the triages I ticked")
    errors(page).get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "drafts"
    fits(page)
    page.get_by_label("Discarded").first.check()
    page.get_by_label("I have read those that I ticked").check()
    press(page, "Delete the triages I ticked")
    assert "1 discarded triage was deleted." in said(page).inner_text()
    assert Draft.objects.count() == 1


def test_the_other_pages_can_be_used_by_everybody(open_browser, case, dsl, school):
    draft = start_draft(by=dsl)
    cases = (at(case, "keep/"), at(case, "people/p1/held/"))
    page = open_browser(dsl)
    for path in (*cases, "/account/held/", f"/triage/{draft.pk}/discard/"):
        page.goto(path)
        assert_accessible(page)
        fits(page)
    manager = UserFactory(name="Example Manager", organisation=school, roles=[Role.MANAGER])
    page = open_browser(manager)
    for path in ("/organisation/retention/", f"/organisation/people/{dsl.pk}/held/"):
        page.goto(path)
        assert_accessible(page)
        fits(page)
