"""What is still open: each line says what to find out and why it matters, and fits the case."""

import pytest

from referrals.outcome import Outcome
from tests.integration.referrals.record import WORKED, record

pytestmark = pytest.mark.django_db

MESSAGES_ONLY = {key: value for key, value in WORKED["public-10"].items() if key != "making_motive"}


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


def sentences(here, answers):
    return [line.sentence for line in Outcome(record(here, answers)).still_open]


def test_where_there_is_no_image_nobody_is_asked_why_it_was_made(here):
    (only,) = sentences(here, MESSAGES_ONLY)
    assert only == (
        "Find out whether a child was put under pressure to make an image: "
        "it could make this more urgent (refer now)."
    )


def test_where_there_is_one_the_question_keeps_its_words(here):
    found = sentences(here, {**WORKED["public-01"], "making_motive": "unknown"})
    assert any(line.startswith("Find out why the image was made: ") for line in found)


def test_what_an_adult_is_presumed_on_says_so(here):
    (contact,) = [s for s in sentences(here, WORKED["public-08"]) if "18 or over" in s]
    assert contact == (
        "Find out whether anyone aged 18 or over was involved: "
        "until this is known, an adult is taken to be involved."
    )


def test_what_could_only_add_a_doubt_says_so(here):
    answers = {
        **WORKED["public-01"],
        "people": [{"ref": "A", "age": 15, "roles": ["witness"]}],
        "relationship": "unknown",
        "pressure": ["threats"],
        "onward_motive": "harm",
    }
    (relationship,) = [s for s in sentences(here, answers) if "the relationship" in s]
    assert relationship.endswith(
        "it went to: an answer could mean that something more serious cannot be ruled out."
    )
