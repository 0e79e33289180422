"""What whoever reported a case sees of it afterwards, and what they do not."""

import pytest

from tests.client import FormClient
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act, at

pytestmark = pytest.mark.django_db
WHEN = {"on": "1 11 2026", "at": "10:00"}


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


@pytest.fixture
def lead(dsl):
    client = FormClient()
    client.force_login(dsl)
    return client


@pytest.fixture
def reporter(client, practitioner):
    client.force_login(practitioner)
    return client


def outcome(reporter, case):
    return reporter.get(at(case, "outcome/")).content.decode()


def test_received(reporter, case):
    page = outcome(reporter, case)
    assert "Where your report stands" in page
    assert "has not acknowledged it yet" in page
    assert "Acknowledged " not in page
    assert "What you are asked to do" not in page


@pytest.mark.parametrize("page", ["acknowledge/", "review/"])
def test_acknowledged(reporter, case, lead, page):
    act(lead, case, page, decision="agree")
    shown = outcome(reporter, case)
    assert "Acknowledged " in shown
    assert "has not acknowledged it yet" not in shown


def test_closed_and_what_was_asked(reporter, case, lead, practitioner):
    step = case.recommendations.get(key="support_child")
    asked = {"progress": "to_do", "responsible": str(practitioner.pk), "due": "1 1 2030"}
    act(lead, case, f"plan/{step.pk}/", **asked, reason="Private remark.")
    page = outcome(reporter, case)
    assert "What you are asked to do" in page
    assert "by 1 January 2030" in page
    assert "Private remark." not in page


def test_once_it_is_closed_nothing_is_asked_any_more(reporter, case, lead, practitioner):
    step = case.recommendations.get(key="support_child")
    asked = {"progress": "to_do", "reason": "", "responsible": str(practitioner.pk), "due": ""}
    act(lead, case, f"plan/{step.pk}/", **asked)
    act(lead, case, "review/", decision="agree")
    act(lead, case, "close/", outcome="moved", summary="Done.", review_on="1 1 2030")
    assert "What you are asked to do" not in outcome(reporter, case)


def test_nothing_of_the_leads_record_is_shown(reporter, case, lead, dsl):
    act(lead, case, "record/note/", facts="Planted in a note.", **WHEN)
    override = {"classification": "reckless_misuse", "response": "refer_now"}
    act(lead, case, "review/", decision="override", reason="Planted in a review.", **override)
    act(lead, case, "assign/", to=str(dsl.pk))
    closing = {
        "outcome": "with_agencies",
        "summary": "Planted at the end.",
        "review_on": "1 1 2030",
    }
    act(
        lead,
        case,
        "record/referral/",
        agency="police",
        how="telephone",
        by_whom="Example Lead",
        facts="Planted in a referral.",
        **WHEN,
    )
    act(lead, case, "close/", **closing)
    assert "Planted" in lead.get(at(case, "chronology/")).content.decode()
    text = reporter.get(at(case, "outcome/text/")).content.decode()
    for page in (outcome(reporter, case), text, reporter.get("/").content.decode()):
        assert "Planted" not in page
        assert "Reckless Misuse" not in page
    assert "has closed it" in outcome(reporter, case)
