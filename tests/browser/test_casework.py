"""A safeguarding lead's whole work on a case, in a real Chromium; axe on every page of it."""

import pytest

from accounts.roles import Role
from referrals.models import EventKind, Status
from tests.browser.axe import assert_accessible, assert_fits
from tests.browser.casework import do, errors, fill, go, open_case, press, said
from tests.factories.accounts import UserFactory
from tests.factories.referrals import REFER_NOW, make_case
from tests.integration.referrals.cases import fresh, newest

NARROW = {"width": 320, "height": 800}
REVIEW = "Review the classification"


@pytest.fixture
def case(site, practitioner):
    return make_case(practitioner)


@pytest.fixture
def urgent(site, practitioner):
    return make_case(practitioner, **REFER_NOW)


def test_acknowledge_review_and_agree(open_browser, case, dsl):
    page = open_browser(dsl)
    open_case(page, case)
    assert_accessible(page)
    press(page, "Acknowledge this case")
    assert "You acknowledged this case" in said(page).inner_text()
    do(page, REVIEW, REVIEW, decision="agree")
    assert "Your review was saved" in said(page).inner_text()
    assert "Agreed with the tool" in page.locator("main").inner_text()
    assert fresh(case).status == Status.REVIEWED


@pytest.mark.parametrize("javascript", [True, False])
def test_override(open_browser, case, dsl, javascript):
    page = open_browser(dsl, javascript=javascript)
    open_case(page, case)
    page.get_by_role("link", name=REVIEW, exact=True).first.click()
    fill(page, {"decision": "override", "classification": "intent_to_harm"})
    page.get_by_role("button", name=REVIEW, exact=True).click()
    assert page.title().startswith("Error: ")
    assert "Enter why another classification" in errors(page).inner_text()
    errors(page).get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "reason"
    fill(page, {"reason": "It was passed on to hurt.", "response": "refer_now"})
    page.get_by_role("button", name=REVIEW, exact=True).click()
    shown = page.locator("main").inner_text()
    assert "Aggravated: Intent to Harm" in shown
    assert "The tool worked out: Experimental: Romantic" in shown
    assert fresh(case).assessment.result["subtype"] == "romantic"


def test_a_decision_not_to_refer_without_a_reason_is_refused(open_browser, urgent, dsl):
    page = open_browser(dsl)
    open_case(page, urgent)
    do(page, "record a decision not to refer", "Save", leader_name="Example Head")
    text = errors(page).inner_text()
    assert "Why this is not referred" in text
    assert "position of the leader" in text
    assert page.locator("[name=leader_name]").input_value() == "Example Head"
    assert fresh(urgent).events.count() == 1
    fill(page, {"reason": "The police said so.", "leader_position": "Head teacher"})
    press(page, "Save")
    assert newest(urgent).kind == EventKind.NOT_REFERRED


def test_refer_act_close_and_reopen(open_browser, urgent, dsl):
    page = open_browser(dsl)
    open_case(page, urgent)
    do(page, REVIEW, REVIEW, decision="agree")
    referral = {"agency": "police", "how": "telephone", "by_whom": "Example Lead, DSL"}
    do(page, "Record the referral", "Save", **referral, facts="What we were told.")
    news = {"response": "An officer will come.", "outcome": "accepted"}
    do(page, "Add their answer or the outcome of entry 3", "Save", **news)
    page.get_by_role("link", name="Change", exact=False).first.click()
    fill(page, {"progress": "done", "responsible": str(dsl.pk), "due": "1 1 2030"})
    press(page, "Save")
    do(page, "Add a step to the plan", "Add a step to the plan", text="Speak to the tutor")
    meeting = {"attendees": "Example Lead, DSL", "facts": "We agreed what to do."}
    do(page, "Initial review meeting", "Save", **meeting)
    closing = {"outcome": "with_agencies", "summary": "Handed over.", "review_on": "1 1 2030"}
    do(page, "close this case", "Close this case", **closing)
    assert fresh(urgent).status == Status.CLOSED
    do(page, "reopen this case", "Reopen this case", reason="The image turned up again.")
    assert fresh(urgent).status == Status.REVIEWED
    go(page, "The whole chronology")
    text = page.locator("table").inner_text()
    for words in ("Referral made", "An officer will come.", "We agreed what to do.", "Reopened"):
        assert words in text


def test_two_leads_collide(open_browser, case, dsl, school):
    deputy = UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])
    first, second = open_browser(dsl), open_browser(deputy)
    for page in (first, second):
        open_case(page, case)
        go(page, "Note")
    fill(second, {"facts": "From the deputy."})
    fill(first, {"facts": "From the lead."})
    press(first, "Save")
    press(second, "Save")
    told = second.locator("main").inner_text()
    assert "Not saved yet: this case changed" in told
    assert "Note, by Example Lead" in told
    assert "From the lead." in told
    assert second.locator("[name=facts]").input_value() == "From the deputy."
    press(second, "Save")
    assert [event.data.get("facts") for event in fresh(case).events.all()[1:]] == [
        "From the lead.",
        "From the deputy.",
    ]


def test_nothing_is_too_wide_for_a_telephone(open_browser, urgent, dsl):
    page = open_browser(dsl, viewport=NARROW)
    for path in ("", "review/", "record/referral/", "chronology/", "plan/add/", "close/"):
        page.goto(f"/cases/{urgent.reference}/{path}")
        assert_fits(page, NARROW["width"])
