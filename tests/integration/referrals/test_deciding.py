"""Acknowledge, review, assign, close, reopen: what a lead decides, and what stays on record."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from outbox.models import Message
from referrals.models import EventKind, Status
from tests.factories.accounts import UserFactory
from tests.factories.referrals import EMERGENCY, REFER_NOW, make_case
from tests.integration.referrals.cases import act, at, fresh, newest

pytestmark = pytest.mark.django_db
OVERRIDE = {
    "decision": "override",
    "classification": "intent_to_harm",
    "response": "refer_now",
    "reason": "It was passed on to hurt.",
}
CLOSING = {"outcome": "supported_here", "summary": "Both children are supported."}


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


@pytest.fixture
def here(client, dsl):
    client.force_login(dsl)
    return client


@pytest.fixture
def reviewed(here, case):
    act(here, case, "review/", decision="agree")
    return case


def acts_of(case):
    rows = Entry.objects.filter(object_type="referrals.case", object_id=str(case.pk))
    return list(rows.order_by("sequence").values_list("action", "actor_id"))


def tomorrow(days=1):
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day} {day.month} {day.year}"


def test_a_new_case_is_received(case, practitioner):
    assert case.status == Status.NEW
    entry = newest(case)
    assert (entry.number, entry.kind, entry.entered_by) == (1, "received", practitioner)


def test_acknowledging(here, case, dsl):
    response = act(here, case, "acknowledge/")
    assert response.url == at(case)
    assert fresh(case).status == Status.ACKNOWLEDGED
    assert newest(case).kind == EventKind.ACKNOWLEDGED
    assert ("case.acknowledged", dsl.pk) in acts_of(case)
    page = here.get(at(case)).content.decode()
    assert "You acknowledged this case" in page
    assert "Acknowledge this case" not in page


def test_acknowledging_from_the_case_page_itself(here, case):
    page = here.get(at(case)).content.decode()
    assert f'action="{at(case, "acknowledge/")}"' in page
    assert here.post(at(case, "acknowledge/"), {"seen": "1"}).status_code == 302
    assert fresh(case).status == Status.ACKNOWLEDGED


def test_agreeing_keeps_what_the_tool_worked_out(here, case, dsl):
    act(here, case, "review/", decision="agree", reason="It fits.")
    after = fresh(case)
    assert (after.status, after.classification) == (Status.REVIEWED, "romantic")
    data = newest(case).data
    assert data["decision"] == "agree"
    assert data["reason"] == "It fits."
    assert ("case.reviewed", dsl.pk) in acts_of(case)


def test_overriding_keeps_the_tools_own_beside_it(here, case):
    act(here, case, "review/", **OVERRIDE)
    after = fresh(case)
    assert (after.classification, after.response) == ("intent_to_harm", "refer_now")
    assert after.assessment.result["subtype"] == "romantic"
    page = here.get(at(case)).content.decode()
    assert "Aggravated: Intent to Harm" in page
    assert "The tool worked out: Experimental: Romantic" in page
    assert "It was passed on to hurt." in page


@pytest.mark.parametrize(
    ("missing", "message"),
    [
        ("reason", "Enter why another classification or response holds"),
        ("classification", "Select what kind of incident it is"),
        ("response", "Select the response"),
        ("decision", "Select whether you agree"),
    ],
)
def test_an_override_needs_all_of_it(here, case, missing, message):
    posted = {key: value for key, value in OVERRIDE.items() if key != missing}
    response = act(here, case, "review/", **posted)
    assert response.status_code == 422
    page = response.content.decode()
    assert message in page
    assert "<title>Error: " in page
    assert missing == "reason" or "It was passed on to hurt." in page
    assert fresh(case).status == Status.NEW


def test_an_override_that_changes_nothing_is_agreeing(here, case):
    same = {**OVERRIDE, "classification": "romantic", "response": "dsl_judgement"}
    assert "This is what the tool worked out" in act(here, case, "review/", **same).content.decode()


def test_assigning_tells_whoever_it_is_given_to(here, case, school):
    deputy = UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])
    act(here, case, "assign/", to=str(deputy.pk))
    assert fresh(case).assignee == deputy
    assert newest(case).data == {"to": "Example Deputy"}
    assert Message.objects.filter(to=deputy, subject=f"Case {case.reference}").count() == 1
    assert "Example Deputy" in here.get(at(case)).content.decode()


def test_a_case_cannot_be_given_to_somebody_who_is_no_lead(here, case, colleague, strange_dsl):
    for person in (colleague, strange_dsl):
        response = act(here, case, "assign/", to=str(person.pk))
        assert response.status_code == 422
    assert fresh(case).assignee is None


def test_a_case_that_was_not_reviewed_cannot_be_closed(here, case):
    response = act(here, case, "close/", **CLOSING, review_on=tomorrow())
    assert response.status_code == 409
    page = response.content.decode()
    assert "Review it first" in page
    assert "Both children are supported." in page
    assert fresh(case).status == Status.NEW


def test_closing_and_reopening(here, reviewed, dsl):
    act(here, reviewed, "close/", **CLOSING, review_on=tomorrow())
    after = fresh(reviewed)
    assert (after.status, after.close_outcome) == (Status.CLOSED, "supported_here")
    assert after.review_on == timezone.localdate() + timedelta(days=1)
    assert "This case is closed" in here.get(at(reviewed)).content.decode()
    act(here, reviewed, "reopen/", reason="The image turned up again.")
    after = fresh(reviewed)
    assert (after.status, after.close_outcome, after.review_on) == (Status.REVIEWED, "", None)
    acts = [name for name, actor in acts_of(reviewed) if actor == dsl.pk]
    assert acts.count("case.closed") == acts.count("case.reopened") == 1


@pytest.mark.parametrize("missing", ["outcome", "summary", "review_on"])
def test_closing_needs_an_outcome_a_summary_and_a_review_date(here, reviewed, missing):
    posted = {**CLOSING, "review_on": tomorrow()}
    posted.pop(missing)
    assert act(here, reviewed, "close/", **posted).status_code == 422
    assert fresh(reviewed).status == Status.REVIEWED


@pytest.mark.parametrize("day", ["1 1 2020", "31 2 2030", "soon", "0"])
def test_a_review_date_must_be_a_day_to_come(here, reviewed, day):
    assert act(here, reviewed, "close/", **CLOSING, review_on=day).status_code == 422


def test_reopening_needs_a_reason(here, reviewed):
    act(here, reviewed, "close/", **CLOSING, review_on=tomorrow())
    assert act(here, reviewed, "reopen/", reason="  ").status_code == 422
    assert fresh(reviewed).status == Status.CLOSED


@pytest.mark.parametrize("answers", [EMERGENCY, REFER_NOW])
def test_a_case_to_be_referred_is_not_closed_undecided(here, practitioner, guidance, answers):
    case = make_case(practitioner, **answers)
    act(here, case, "review/", decision="agree")
    response = act(here, case, "close/", **CLOSING, review_on=tomorrow())
    assert response.status_code == 409
    assert "or a decision not to refer, before you close it" in response.content.decode()
    assert fresh(case).status == Status.REVIEWED


def test_a_lower_response_of_a_leads_own_does_not_undo_the_need_to_decide(
    here, practitioner, guidance
):
    case = make_case(practitioner, **REFER_NOW)
    lower = {**OVERRIDE, "classification": "reckless_misuse", "response": "dsl_judgement"}
    act(here, case, "review/", **lower)
    assert act(here, case, "close/", **CLOSING, review_on=tomorrow()).status_code == 409


PAGES = ["", "acknowledge/", "review/", "assign/", "close/", "reopen/", "chronology/", "plan/add/"]
PAGES += ["record/note/", "record/referral/", "chronology/1/addendum/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["practitioner", "colleague", "stranger", "strange_dsl"])
def test_nobody_but_the_organisations_leads_gets_at_the_work(client, request, case, page, who):
    client.force_login(request.getfixturevalue(who))
    for response in (client.get(at(case, page)), client.post(at(case, page), {"seen": "9"})):
        allowed = (404, 405) if page in ("", "chronology/") else (404,)
        assert response.status_code in allowed
        assert case.reference not in response.content.decode()
    assert fresh(case).events.count() == 1


def test_a_deputy_sees_and_does_what_the_lead_does(client, case, school):
    client.force_login(UserFactory(organisation=school, roles=[Role.DEPUTY]))
    assert act(client, case, "acknowledge/").status_code == 302
    assert client.get(at(case)).status_code == 200


def test_the_page_says_by_when_to_review_as_people_say_it(here, case):
    """Midnight is the end of a day; "00:00" would be read as the day after."""
    assert "the end of " in here.get(at(case)).content.decode()
