"""The plan: progress, reasons, who and by when; steps of a lead's own."""

from datetime import date

import pytest

from outbox.models import Message
from referrals.models import Recommendation
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act, at, newest

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


@pytest.fixture
def here(client, dsl):
    client.force_login(dsl)
    return client


@pytest.fixture
def step(case):
    return case.recommendations.get(key="support_child")


def change(client, case, step, **values):
    posted = {"progress": "done", "reason": "", "responsible": "", "due": "", **values}
    return act(client, case, f"plan/{step.pk}/", **posted)


def test_a_step_is_done(here, case, step):
    assert change(here, case, step).status_code == 302
    step.refresh_from_db()
    assert step.progress == "done"
    assert newest(case).data["step"] == "support_child"
    title = case.assessment.edition.content().item("next_step", "support_child").title
    assert title in here.get(at(case, "chronology/")).content.decode()


def test_a_next_step_is_not_needed_only_for_a_reason(here, case, step):
    refused = change(here, case, step, progress="not_needed", reason=" ")
    assert refused.status_code == 422
    assert "Say why this step is not needed." in refused.content.decode()
    assert change(here, case, step, progress="not_needed", reason="Both moved.").status_code == 302
    assert "Both moved." in here.get(at(case)).content.decode()


def test_a_procedure_is_not_needed_without_one(here, case):
    procedure = case.recommendations.filter(kind="procedure").first()
    assert change(here, case, procedure, progress="not_needed").status_code == 302


def test_who_does_it_and_by_when(here, case, step, practitioner):
    change(here, case, step, progress="to_do", responsible=str(practitioner.pk), due="2 11 2026")
    step.refresh_from_db()
    assert (step.responsible, step.due) == (practitioner, date(2026, 11, 2))
    message = Message.objects.get(to=practitioner)
    assert f"/cases/{case.reference}/outcome/" in message.body
    page = here.get(at(case)).content.decode()
    assert "by 2 November 2026" in page
    assert "Overdue" in page
    change(here, case, step, progress="to_do", responsible=str(practitioner.pk), due="3 11 2026")
    assert Message.objects.filter(to=practitioner).count() == 1


def test_a_colleague_who_is_not_part_of_it_cannot_be_given_a_step(here, case, step, colleague):
    assert change(here, case, step, responsible=str(colleague.pk)).status_code == 422


def test_a_step_of_ones_own(here, case):
    posted = {"text": "Speak to the form tutor", "responsible": "", "due": "1 1 2030"}
    assert act(here, case, "plan/add/", **posted).status_code == 302
    added = case.recommendations.get(kind="added")
    assert (added.text, added.progress, added.due) == (posted["text"], "to_do", date(2030, 1, 1))
    assert "Added by a safeguarding lead" in here.get(at(case)).content.decode()
    assert change(here, case, added, progress="not_needed").status_code == 302


def test_a_step_of_ones_own_says_what_is_to_be_done(here, case):
    response = act(here, case, "plan/add/", text=" ", responsible="", due="")
    assert response.status_code == 422
    assert "Enter what is to be done" in response.content.decode()


def test_a_step_of_another_case_is_not_found(here, case, practitioner):
    other = make_case(practitioner).recommendations.first()
    assert here.get(at(case, f"plan/{other.pk}/")).status_code == 404


def test_a_closed_case_has_no_plan_to_change(here, case, step):
    act(here, case, "review/", decision="agree")
    closing = {"outcome": "supported_here", "summary": "Done.", "review_on": "1 1 2030"}
    act(here, case, "close/", **closing)
    assert change(here, case, step).status_code == 409
    assert Recommendation.objects.get(pk=step.pk).progress == "to_do"
