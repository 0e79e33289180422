"""The plan: progress, reasons, who and by when; steps of a lead's own."""

from datetime import date

import pytest

from accounts.roles import Role
from outbox.models import Message
from referrals.actions.amending import save_amendment, start_amendment
from referrals.chronology import last_number
from referrals.models import Recommendation
from tests.factories.accounts import UserFactory
from tests.factories.referrals import REFER_NOW, make_case
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


# --- when the answers, or the level, changed ----------------------------------------------------


def amend(case, by, **answers):
    """Another version of the answers."""
    draft = start_amendment(case=case, reason="More is known.", seen=last_number(case), by=by)
    draft.put({**draft.answers, **answers})
    draft.save(update_fields=["answers"])
    return save_amendment(draft=draft, seen=draft.amends_version, by=by)


def test_a_step_of_an_older_version_is_changed_as_the_newest_has_it(here, case, step, dsl):
    amend(case, dsl, emotional_impact="severe")
    response = here.get(at(case, f"plan/{step.pk}/"))
    newest_step = case.recommendations.filter(key=step.key).latest("assessment__version")
    assert response.url == at(case, f"plan/{newest_step.pk}/")
    posted = {"seen": last_number(case), "progress": "done", "reason": "", "due": ""}
    assert here.post(at(case, f"plan/{step.pk}/"), posted).status_code == 302
    newest_step.refresh_from_db()
    step.refresh_from_db()
    assert (newest_step.progress, step.progress) == ("done", "to_do")


def test_a_step_that_is_no_longer_recommended_is_not_changed(here, practitioner, dsl, guidance):
    case = make_case(practitioner, **REFER_NOW)
    gone = case.recommendations.get(key="refer_police_and_childrens_services")
    amend(case, dsl, pressure=[])
    assert not case.recommendations.filter(key=gone.key, assessment__version=2).exists()
    posted = {"seen": last_number(case), "progress": "done"}
    assert here.post(at(case, f"plan/{gone.pk}/"), posted).status_code == 409
    gone.refresh_from_db()
    assert gone.progress == "to_do"


def test_a_leads_higher_level_brings_its_steps_and_tells_the_others(here, case, school, dsl):
    other = UserFactory(name="Another Lead", organisation=school, roles=[Role.DSL])
    override = {"classification": "adult_involved", "response": "refer_now", "reason": "New."}
    act(here, case, "review/", decision="override", **override)
    act(here, case, "review/", decision="override", **override)
    title = "Refer now to the police and children"
    added = case.recommendations.filter(kind="added", text__startswith=title)
    assert added.count() == 1
    page = here.get(at(case)).content.decode()
    assert "A safeguarding lead decided on another response: Refer now." in page
    told = Message.objects.filter(to=other, subject=f"Case {case.reference} is more urgent")
    assert told.count() == 1
    assert not Message.objects.filter(to=dsl, subject__endswith="more urgent").exists()


def test_whoever_reported_it_is_told_that_the_lead_judges_otherwise(
    here, case, client, practitioner
):
    override = {"classification": "adult_involved", "response": "emergency", "reason": "New."}
    act(here, case, "review/", decision="override", **override)
    client.force_login(practitioner)
    page = client.get(at(case, "outcome/")).content.decode()
    assert "has decided on another response than the one on this page" in page


# --- people who left ----------------------------------------------------------------------------


def test_who_does_a_step_stays_when_they_can_open_it_no_more(here, case, step, practitioner):
    change(here, case, step, progress="to_do", responsible=str(practitioner.pk))
    practitioner.is_active = False
    practitioner.save()
    page = here.get(at(case, f"plan/{step.pk}/")).content.decode()
    assert "Example Teacher (cannot open this case any more)" in page
    change(here, case, step, responsible=str(practitioner.pk))
    step.refresh_from_db()
    assert step.responsible == practitioner


def test_a_reporter_of_another_organisation_now_is_not_offered(
    here, case, step, practitioner, stranger
):
    practitioner.organisation = stranger.organisation
    practitioner.save()
    assert "Example Teacher" not in here.get(at(case, f"plan/{step.pk}/")).content.decode()


def test_what_is_to_be_done_is_not_in_the_title(here, case):
    posted = {"text": "Call Mrs Example", "responsible": "", "due": ""}
    act(here, case, "plan/add/", **posted)
    added = case.recommendations.get(kind="added")
    page = here.get(at(case, f"plan/{added.pk}/")).content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Change a step of the plan" in title
    assert "Mrs Example" not in title
    assert "Call Mrs Example</h1>" in page
