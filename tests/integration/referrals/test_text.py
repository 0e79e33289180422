"""The plain text to copy says everything that the outcome page says, in its order."""

import html
import re

import pytest

from tests.integration.referrals.paragraphs import paragraphs_of
from tests.integration.referrals.record import WORKED, record

pytestmark = pytest.mark.django_db

# What the page says that makes sense on a screen alone: a link of this site, and what opens a fold.
ON_SCREEN_ONLY = (
    "Copy to your own record",
    "The answers this rests on, and the source",
    "What it is: ",
    "Why this is here",
)
CASES = {
    **WORKED,
    "emergency": {**WORKED["public-08"], "immediate_risk": "yes", "position_of_trust": "yes"},
    "sent-early": {"people": [{"ref": "A"}], "immediate_risk": "unknown"},
}


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


def page_of(here, case):
    page = here.get(f"/cases/{case.reference}/outcome/").content.decode()
    # Where the report stands changes from day to day: it is no part of a copy for the record.
    page, receipts = re.subn(
        r'<section class="app-receipt".*?</section>', "", page, flags=re.DOTALL
    )
    assert receipts == 1
    found = []
    for paragraph in paragraphs_of(page):
        if not paragraph.startswith(ON_SCREEN_ONLY):
            found.append(paragraph.removesuffix(f" {ON_SCREEN_ONLY[0]}"))
    return found


def text_of(here, case):
    page = here.get(f"/cases/{case.reference}/outcome/text/").content.decode()
    match = re.search(r"<textarea[^>]*>(.*)</textarea>", page, re.DOTALL)
    assert match
    return html.unescape(match[1])


def missing(paragraphs, text):
    """The first paragraph that the text does not hold, or holds before the one before it."""
    words, place = " ".join(text.split()).casefold(), 0
    for paragraph in paragraphs:
        at = words.find(paragraph.casefold(), place)
        if at < 0:
            return paragraph
        place = at + len(paragraph)
    return None


@pytest.mark.parametrize("answers", CASES.values(), ids=CASES)
def test_every_paragraph_of_the_page_is_in_the_text_in_its_order(here, school, answers):
    school.local_note = "The safeguarding telephone is in the office.\nThe key is at reception."
    school.save()
    case = record(here, answers)
    paragraphs = page_of(here, case)
    assert len(paragraphs) > 60
    assert missing(paragraphs, text_of(here, case)) is None


def test_with_nobody_to_call_the_text_says_what_the_page_says(here, school):
    school.contacts.all().delete()
    case = record(here, WORKED["public-01"])
    paragraphs = page_of(here, case)
    assert any("has not said whom to call" in paragraph for paragraph in paragraphs)
    assert missing(paragraphs, text_of(here, case)) is None


def test_what_the_three_kinds_of_case_must_say(here):
    emergency = text_of(here, record(here, CASES["emergency"]))
    assert "IS A CHILD IN DANGER NOW? CALL 999" in emergency
    assert "Check locally: " in emergency
    early = text_of(here, record(here, CASES["sent-early"]))
    assert "It was sent before every question was answered" in early
    assert "Never question a child to fill a gap" in early
    settled = text_of(here, record(here, WORKED["public-01"]))
    assert "No answer that is missing would change" in settled
    assert "It was sent before" not in settled
    assert "CALL 999" not in settled
    title = "Sharing nudes and semi-nudes: advice for education settings"
    assert re.search(title + r"[\w\s]+\(https://", settled)
    # Each answer on a line of its own: one answer can be several choices.
    assert "\n  - Who has the image been sent or shown to? " in settled
    for text in (emergency, early, settled):
        assert "<" not in text
