"""What is overdue is told to whoever has to act, each once."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from outbox.models import Message
from referrals.actions import deciding
from referrals.chronology import last_number
from referrals.models import Assessment, Case
from referrals.watching import watch
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.lead import (
    TODAY,
    TOMORROW,
    YESTERDAY,
    acknowledge,
    agree,
    at,
    close,
    late,
    quiet,
    set_step,
    withhold,
)
from tests.outbox import bodies, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(guidance, practitioner, dsl) -> Case:
    return quiet(make_case(practitioner))


@pytest.fixture
def reviewed(case, dsl) -> Case:
    return agree(case, dsl)


# --- a review that is late ----------------------------------------------------------------------


def test_a_case_not_reviewed_in_time_is_told_to_the_leads_once(case, dsl, second_dsl, deputy):
    assert watch(now=case.review_due_at - timedelta(seconds=1)) == {}
    assert Message.objects.count() == 0
    assert watch(now=late(case)) == {"reminded": 1}
    assert watch(now=late(case) + timedelta(days=3)) == {}
    for lead in (dsl, second_dsl):
        assert told(lead) == [f"Case {case.reference} is overdue"]
        assert "{site}" + f"/cases/{case.reference}/\n" in bodies(lead)
    assert told(deputy) == []


def test_acknowledging_alone_does_not_meet_the_time_for_a_review(case, dsl):
    acknowledge(case, dsl)
    assert watch(now=late(case)) == {"reminded": 1}


def test_a_reviewed_case_is_not_overdue(reviewed):
    assert watch(now=late(reviewed)) == {}


def test_a_new_version_that_is_not_reviewed_is_told_anew(case, dsl):
    watch(now=late(case))
    first = case.assessment
    first.pk, first.version, first.reason = None, 2, "Her age became known"
    first.save(force_insert=True)
    assert Assessment.objects.filter(case=case).count() == 2
    assert watch(now=late(case)) == {"reminded": 1}
    assert watch(now=late(case)) == {}
    assert len(told(dsl)) == 2


def test_a_lead_who_joins_later_is_told_of_what_is_still_overdue(case, dsl, school):
    watch(now=late(case))
    joined = UserFactory(organisation=school, roles=[Role.DSL])
    watch(now=late(case))
    assert len(told(joined)) == len(told(dsl)) == 1


def test_each_organisation_is_told_of_its_own(case, dsl, stranger, strange_dsl):
    other = quiet(make_case(stranger))
    watch(now=max(late(case), late(other)))
    assert told(dsl) == [f"Case {case.reference} is overdue"]
    assert told(strange_dsl) == [f"Case {other.reference} is overdue"]


# --- steps, dates -------------------------------------------------------------------------------


def test_a_step_past_its_day_is_told_to_the_assignee(reviewed, dsl, deputy, practitioner):
    deciding.assign(case=reviewed, to=deputy, seen=last_number(reviewed), by=dsl)
    set_step(reviewed, YESTERDAY, dsl)
    quiet(reviewed)
    assert watch(now=at(YESTERDAY)) == {}, "its day is not over"
    assert watch(now=at(TODAY)) == {"reminded": 1}
    assert watch(now=at(TOMORROW)) == {}
    assert told(deputy) == [f"Case {reviewed.reference}: a step is overdue"]
    assert Message.objects.exclude(to=deputy).count() == 0


def test_each_step_is_told_once_for_each_day_that_it_was_to_be_done_by(reviewed, dsl):
    set_step(reviewed, YESTERDAY, dsl)
    assert watch(now=at(TODAY)) == {"reminded": 1}
    assert len(told(dsl)) == 1
    set_step(reviewed, YESTERDAY, dsl, which=1)
    assert watch(now=at(TODAY)) == {"reminded": 1}, "the same day, given to it later"
    assert len(told(dsl)) == 2
    set_step(reviewed, TODAY, dsl)
    assert watch(now=at(TOMORROW)) == {"reminded": 1}
    assert len(told(dsl)) == 3


@pytest.mark.parametrize(("who", "page"), [("deputy", ""), ("practitioner", "outcome/")])
def test_whoever_is_responsible_for_a_step_is_told_too(reviewed, request, dsl, deputy, who, page):
    person = request.getfixturevalue(who)
    set_step(reviewed, YESTERDAY, dsl, to=person)
    quiet(reviewed)
    assert watch(now=at(TODAY)) == {"reminded": 1}
    assert watch(now=at(TODAY)) == {}
    assert told(dsl) == told(person) == [f"Case {reviewed.reference}: a step is overdue"]
    assert "that you were asked to do" in bodies(person)
    assert "that you were asked to do" not in bodies(dsl)
    assert "{site}" + f"/cases/{reviewed.reference}/{page}\n" in bodies(person)


def test_whoever_has_the_case_and_the_step_is_told_once(reviewed, dsl, second_dsl):
    set_step(reviewed, YESTERDAY, second_dsl, to=dsl)
    quiet(reviewed)
    watch(now=at(TODAY))
    assert len(told(dsl)) == len(told(second_dsl)) == 1
    assert "that you were asked to do" in bodies(dsl)


@pytest.mark.parametrize("gone", ["is_active", "role", "restricted", "other"])
def test_whoever_may_open_nothing_of_it_any_more_is_not_told(
    reviewed, dsl, practitioner, colleague, gone
):
    person = colleague if gone == "other" else practitioner
    set_step(reviewed, YESTERDAY, dsl, to=person)
    quiet(reviewed)
    if gone == "role":
        person.roles_held.all().delete()
    if gone == "is_active":
        person.is_active = False
        person.save()
    if gone == "restricted":  # as a step that is given to somebody after the case was restricted
        Case.objects.update(restricted=True)
        reviewed.named.set([dsl])
    watch(now=at(TODAY))
    assert told(person) == []
    assert len(told(dsl)) == 1


@pytest.mark.parametrize("progress", ["done", "not_needed"])
def test_a_step_that_is_done_or_not_needed_is_not_told(reviewed, dsl, progress):
    step = reviewed.recommendations.order_by("pk")[0]
    type(step).objects.filter(pk=step.pk).update(progress=progress, due=YESTERDAY)
    assert watch(now=at(TODAY)) == {}


def test_a_date_to_look_again_at_withholding_is_told(reviewed, dsl):
    withhold(reviewed, dsl, "p1", TODAY)
    assert watch(now=at(YESTERDAY)) == {}
    assert watch(now=at(TODAY)) == {"reminded": 1}
    assert watch(now=at(TOMORROW)) == {}
    assert told(dsl) == [f"Look at case {reviewed.reference} again"]


@pytest.mark.parametrize(("done", "review_on"), [("told", None), ("withheld", TOMORROW)])
def test_what_was_recorded_last_of_a_person_counts(reviewed, dsl, done, review_on):
    withhold(reviewed, dsl, "p1", TODAY)
    withhold(reviewed, dsl, "p2", TODAY)
    withhold(reviewed, dsl, "p1", review_on, done=done)
    assert watch(now=at(TODAY)) == {"reminded": 1}
    assert len(told(dsl)) == 1, "only of the other person"


def test_the_review_date_of_a_closed_case_is_told_to_the_leads(reviewed, dsl, second_dsl):
    set_step(reviewed, YESTERDAY, dsl)
    withhold(reviewed, dsl, "p1", YESTERDAY)
    close(reviewed, dsl, TODAY)
    assert watch(now=at(YESTERDAY)) == {}
    assert watch(now=at(TODAY)) == {"reminded": 1}
    assert watch(now=at(TOMORROW)) == {}
    for lead in (dsl, second_dsl):
        assert told(lead) == [f"Look at case {reviewed.reference} again"]


def test_years_of_closed_cases_are_not_gone_through(reviewed, dsl):
    close(reviewed, dsl, TODAY)
    assert watch(now=at(TODAY + timedelta(days=61))) == {}
    assert watch(now=at(TODAY + timedelta(days=59))) == {"reminded": 1}


@pytest.mark.parametrize("gone", ["is_active", "role"])
def test_an_assignee_who_left_or_is_no_lead_any_more_is_replaced(reviewed, dsl, deputy, gone):
    deciding.assign(case=reviewed, to=deputy, seen=last_number(reviewed), by=dsl)
    quiet(reviewed)
    if gone == "role":
        deputy.roles_held.all().delete()
    else:
        deputy.is_active = False
        deputy.save()
    set_step(reviewed, YESTERDAY, dsl)
    watch(now=at(TODAY))
    assert len(told(dsl)) == 1
    assert told(deputy) == []
