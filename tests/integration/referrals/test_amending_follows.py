"""Answers that were changed meanwhile by somebody else; deadlines and e-mail that follow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.models import Message
from referrals.actions.deciding import agree, restrict
from referrals.chronology import last_number
from referrals.models import Case
from tests.factories.referrals import make_case
from tests.integration.referrals.amending import amended, begin, change, page, save
from tests.integration.triage.steps import url
from triage.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, here) -> Case:
    return make_case(practitioner, notes="“We both wanted to.”")


# --- somebody else was quicker --------------------------------------------------------------------


@pytest.fixture
def overtaken(here, case, dsl, deputy) -> Draft:
    """A copy of version 1, changed, while the deputy saved version 2."""
    draft = begin(here, case)
    change(here, draft, "criminal", criminal_consequences="police_involved")
    here.force_login(deputy)
    amended(here, case, "feelings", emotional_impact="severe")
    here.force_login(dsl)
    return draft


def test_who_is_overtaken_is_told_what_changed_and_keeps_what_she_typed(here, case, overtaken):
    response = save(here, overtaken)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Not saved yet" in text
    assert "Example Deputy saved changed answers on" in text
    assert "Before: Some upset" in text
    assert "Now: Self-harm, or thoughts of suicide" in text
    # Saved as it is, her copy would undo that.
    assert "In the case now: Self-harm, or thoughts of suicide" in text
    assert "In your copy: Some upset" in text
    assert "In your copy: Yes, they are already involved" in text
    assert 'name="version" value="2"' in text
    assert Case.objects.get().assessments.count() == 2


def test_the_second_press_goes_through(here, case, overtaken):
    save(here, overtaken)
    assert save(here, overtaken).url == f"/cases/{case.reference}/changes/3/"
    found = Case.objects.get()
    assert found.assessment.version == 3
    assert found.assessment.answers["criminal_consequences"] == "police_involved"
    assert found.assessment.answers["emotional_impact"] == "some"
    text = page(here, f"/cases/{case.reference}/changes/3/")
    assert text.count("<strong>Before:</strong>") >= 2


@pytest.mark.parametrize("posted", [1, 0, 99999])
def test_a_double_click_is_no_second_press(here, overtaken, posted):
    """Both clicks come from the page that was opened before the other change."""
    save(here, overtaken)
    response = save(here, overtaken, version=posted)
    assert response.status_code == 409
    assert "Now: Self-harm, or thoughts of suicide" in response.content.decode()
    assert Case.objects.get().assessments.count() == 2


def test_having_been_told_she_can_change_her_copy_first(here, case, overtaken):
    save(here, overtaken)
    change(here, overtaken, "feelings", emotional_impact="severe")
    assert "In your copy: Some upset" not in save(here, overtaken, version=1).content.decode()
    assert 'name="version" value="2"' in page(here, url(overtaken, "check"))
    save(here, overtaken)
    answers = Case.objects.get().assessment.answers
    assert answers["criminal_consequences"] == "police_involved"
    assert answers["emotional_impact"] == "severe"


# --- deadlines and alerts ------------------------------------------------------------------------


def test_more_urgent_is_due_sooner_and_is_told(here, case, second_dsl, deputy):
    Case.objects.update(assignee=deputy, escalated_at=case.submitted_at)
    before = timezone.now()
    found = amended(here, case, "immediate-risk", immediate_risk="yes")
    assert found.review_due_at < case.review_due_at
    assert before < found.review_due_at <= timezone.now() + timedelta(minutes=15)
    assert found.escalated_at == case.submitted_at
    told = Message.objects.filter(subject=f"Case {case.reference} is more urgent")
    assert {message.to for message in told} == {second_dsl, deputy}
    body = told.first().body
    assert "Emergency" in body
    assert f"/cases/{case.reference}/" in body


def test_a_sooner_deadline_stands(here, case):
    sooner = timezone.now() + timedelta(minutes=1)
    Case.objects.update(review_due_at=sooner)
    found = amended(here, case, "immediate-risk", immediate_risk="yes")
    assert found.review_due_at == sooner


def test_not_more_urgent_changes_no_deadline_and_tells_nobody(here, case, deputy):
    found = amended(here, case, "services", services="Another", still_accessible="no")
    assert found.urgency == case.urgency
    assert found.review_due_at == case.review_due_at
    assert not Message.objects.filter(subject__contains="more urgent").exists()


def test_after_a_review_a_new_one_is_due_from_now(here, case, dsl):
    agree(case=case, comment="", seen=last_number(case), by=dsl)
    Case.objects.update(review_due_at=timezone.now() - timedelta(days=9))
    found = amended(here, case, "criminal", criminal_consequences="police_involved")
    assert found.review_due_at > timezone.now()


def test_of_a_restricted_case_only_those_named_are_told(here, case, dsl, deputy, second_dsl):
    restrict(case=case, named=[dsl, deputy], reason="Staff", seen=last_number(case), by=dsl)
    amended(here, case, "immediate-risk", immediate_risk="yes")
    told = Message.objects.filter(subject__contains="more urgent")
    assert {message.to for message in told} == {deputy}
