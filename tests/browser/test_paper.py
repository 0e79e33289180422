"""What comes out of the printer: read page by page from the PDF that a real Chromium prints."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.models import User
from referrals.actions import submission
from referrals.actions.recording import add_record
from referrals.chronology import last_number
from referrals.models import Case, EventKind
from tests.browser.axe import assert_accessible, assert_fits
from tests.factories.referrals import EMERGENCY, PERSON, REFER_NOW, make_case

NARROW = {"width": 320, "height": 640}
WORDS = "The form tutor was told what was agreed and will keep an eye on this. " * 6


def printed(page: Page, address: str) -> list[str]:
    """The words of each sheet of the page at that address."""
    page.goto(address)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


@pytest.fixture
def long_case(monkeypatch, site: str, practitioner: User, dsl: User) -> Case:
    """Eight people, twenty long entries, and a review that is overdue.

    Its reference has the widest letters: the line at the head of a sheet has no room to spare.
    """
    monkeypatch.setattr(submission, "new_reference", lambda: "WMWMW-MWMWM")
    people = [{**PERSON, "id": f"p{n}", "ref": f"Child {n}"} for n in range(1, 9)]
    case = make_case(by=practitioner, people=people, notes="What A said. " * 150, **REFER_NOW)
    for number in range(1, 21):
        add_record(
            case=case,
            kind=EventKind.NOTE,
            data={"facts": f"Fact number {number}. {WORDS}"},
            happened_at=timezone.now() - timedelta(hours=number),
            seen=last_number(case),
            by=dsl,
        )
    Case.objects.filter(pk=case.pk).update(review_due_at=timezone.now() - timedelta(days=2))
    return case


def test_every_sheet_says_which_case_it_is_of_which_day_and_for_whom(open_browser, long_case, dsl):
    page = open_browser(dsl)
    today = timezone.localtime().strftime("%-d %B %Y")
    for name in ("", "chronology/", "outcome/"):
        sheets = printed(page, f"/cases/{long_case.reference}/{name}")
        assert len(sheets) >= 4
        for number, sheet in enumerate(sheets, 1):
            place = f"{name} {number}"
            assert f"case {long_case.reference}" in sheet, place
            assert f"As it was on {today} at " in sheet, place
            assert f"opened by {dsl.name}" in sheet, place
            assert f"Page {number} of {len(sheets)}" in sheet, place


def test_the_headings_of_the_chronology_are_on_every_sheet_and_no_entry_is_torn(
    open_browser, long_case, dsl
):
    sheets = printed(open_browser(dsl), f"/cases/{long_case.reference}/chronology/")
    for number, sheet in enumerate(sheets, 1):
        assert "When it happened" in sheet, number
        facts = re.findall(r"Fact number \d+", sheet)
        assert facts, number
        assert sheet.count("will keep an eye on this.") == 6 * len(facts), number
    everything = " ".join(sheets)
    assert all(f"Fact number {number}." in everything for number in range(1, 21))


def test_a_printed_case_has_what_colour_and_folds_hold_and_nothing_to_press(
    open_browser, long_case, dsl
):
    page = open_browser(dsl)
    text = " ".join(printed(page, f"/cases/{long_case.reference}/"))
    assert "Overdue" in text
    assert "What was said" in text
    assert "Last checked" in text, "folded away on the screen"
    assert re.search(r"\( ?https://www\.gov\.uk/", text), "the address of a link"
    for screen_only in ("Acknowledge this case", "Print this page", "Sign out", "On this page"):
        assert screen_only not in text
    page.emulate_media(media="print")
    tag = page.locator(".govuk-tag").first
    assert tag.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"
    assert tag.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"


def test_the_panel_with_999_is_black_on_white_on_paper(open_browser, site, practitioner):
    case = make_case(by=practitioner, **EMERGENCY)
    page = open_browser(practitioner)
    assert "Call 999" in printed(page, f"/cases/{case.reference}/outcome/")[0]
    page.emulate_media(media="print")
    panel = page.locator(".app-emergency")
    assert panel.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert panel.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_the_button_prints_and_without_javascript_there_is_none(open_browser, site, practitioner):
    page = open_browser(practitioner)
    page.add_init_script("window.print = () => { window.printedTimes = 1; }")
    page.goto("/blank-form/")
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("window.printedTimes") == 1
    plain = open_browser(practitioner, javascript=False)
    plain.goto("/blank-form/")
    expect(plain.get_by_text("Print this page")).to_be_hidden()
    expect(plain.get_by_role("heading", name="Who is involved")).to_be_visible()


def test_the_blank_form_takes_few_sheets_that_can_be_told_apart(open_browser, site, practitioner):
    sheets = printed(open_browser(practitioner), "/blank-form/")
    assert len(sheets) <= 6
    for sheet in sheets:
        assert "Guidance edition 1." in sheet
        assert "Reference:" in sheet
    assert "Call 999" in sheets[0]
    assert "Do not question the child." in sheets[0]
    assert "Whom to call" in sheets[0]
    assert "Destroy it as your policy says" in sheets[-1]


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, NARROW])
def test_the_blank_form_on_the_screen(viewport, open_browser, site, practitioner):
    page = open_browser(practitioner, viewport=viewport)
    page.goto("/")
    page.get_by_role("link", name="Print a blank form").click()
    assert_accessible(page)
    assert_fits(page, viewport["width"])
