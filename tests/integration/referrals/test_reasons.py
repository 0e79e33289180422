"""Why: what is shown together, where it comes from, and the answers it rests on, in words."""

import pytest

from referrals.outcome import Outcome
from tests.integration.referrals.record import WORKED, record
from triage.model.flags import FLAG_RULES
from triage.model.response import RESPONSE_RULES
from triage.model.rules import RULES, SCOPE
from triage.model.subtypes import EXPERIMENTAL_RULES

ONE_SOURCE = "Source: National advice to schools (UKCIS): when to refer at once."


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


@pytest.mark.django_db
def test_reasons_that_follow_each_other_from_one_source_name_it_once(here):
    case = record(here, WORKED["public-04"])
    alone = [r for r in case.assessment.result["reasons"] if r["source"] in ONE_SOURCE]
    assert len(alone) > 2
    (together,) = [reason for reason in Outcome(case).reasons if ONE_SOURCE in reason.sources]
    assert together.texts == [reason["text"] for reason in alone]
    assert len(set(together.because)) == len(together.because)
    paths = {path for reason in alone for path in reason["because"]}
    assert len(together.because) == len(paths)
    for address in ("outcome/", "outcome/text/"):
        page = here.get(f"/cases/{case.reference}/{address}").content.decode()
        assert page.count(ONE_SOURCE) == 1


@pytest.mark.django_db
def test_an_interpretation_is_told_from_what_the_guidance_says(here):
    reasons = Outcome(record(here, WORKED["public-08"])).reasons
    (adult,) = [reason for reason in reasons if reason.texts[0].startswith("Adult involved")]
    assert adult.sources == [
        "Source: KSCB, Responding to Sexting: Aggravated, Adult Involved.",
        "This tool’s interpretation, where the guidance is silent: "
        "nobody can say that an unidentified stranger online is a child.",
    ]


@pytest.mark.django_db
def test_a_section_that_is_a_question_keeps_its_own_mark(here):
    (reason, *_) = Outcome(record(here, WORKED["public-10"])).reasons
    assert reason.sources == ["Source: KSCB, Responding to Sexting: What is 'Sexting'?"]


@pytest.mark.django_db
def test_an_answer_follows_its_question_as_it_would_be_read(here):
    reasons = Outcome(record(here, WORKED["public-05"])).reasons
    lines = [line for reason in reasons for line in reason.because]
    assert any(line.endswith("? To hurt, embarrass or get back at somebody") for line in lines)
    assert not any("?:" in line for line in lines)
    (part, *_) = [
        line
        for reason in Outcome(record(here, WORKED["public-04"])).reasons
        for line in reason.because
        if line.startswith("About B. What part")
    ]
    assert part.endswith(
        "? Asked for the image; Was sent or shown the image; Put pressure on somebody"
    )


def test_every_source_can_be_told_apart_from_an_interpretation():
    """They are joined by semicolons, so none of them may hold one."""
    rules = [*RULES, SCOPE, *EXPERIMENTAL_RULES, *RESPONSE_RULES]
    listed = [*rules, *(c for rule in rules for c in rule.conditions), *FLAG_RULES]
    for source in (each.source for each in listed):
        for part in source.split("; "):
            assert part.startswith(("KSCB, ", "National advice", "interpretation: ")), source
