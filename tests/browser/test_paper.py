"""What comes out of the printer: read page by page from the PDF that a real Chromium prints."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from referrals.actions.recording import add_record
from referrals.chronology import last_number
from referrals.models import Case, EventKind
from tests.browser.axe import assert_accessible
from tests.factories.referrals import PERSON, REFER_NOW, make_case

NARROW = {"width": 320, "height": 640}
WORDS = "The form tutor was told what was agreed and will keep an eye on this. " * 6


def printed(page: Page, address: str) -> list[str]:
    """The words of each sheet of the page at that address."""
    page.goto(address)
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in reader.pages]


@pytest.fixture
def long_case(site, practitioner, dsl) -> Case:
    """Twelve people and forty entries."""
    people = [{**PERSON, "id": f"p{n}", "ref": f"Child {n}"} for n in range(1, 13)]
    case = make_case(by=practitioner, people=people, notes="What A said. " * 150, **REFER_NOW)
    for number in range(1, 41):
        add_record(
            case=case,
            kind=EventKind.NOTE,
            data={"facts": f"Fact number {number}. {WORDS}"},
            happened_at=timezone.now() - timedelta(hours=number),
            seen=last_number(case),
            by=dsl,
        )
    return case


@pytest.mark.parametrize("name", ["", "chronology/", "outcome/"])
def test_every_sheet_says_which_case_it_is_of_which_day_and_for_whom(
    name, open_browser, long_case, dsl
):
    sheets = printed(open_browser(dsl), f"/cases/{long_case.reference}/{name}")
    today = timezone.localtime().strftime("%-d %B %Y")
    assert len(sheets) >= 4
    for number, sheet in enumerate(sheets, 1):
        assert f"case {long_case.reference}" in sheet, number
        assert f"As it was on {today} at " in sheet, number
        assert f"opened by {dsl.name}" in sheet, number
        assert f"Page {number} of {len(sheets)}" in sheet
