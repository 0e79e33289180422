"""What is overdue: a review, a step of the plan, the second look at a closed case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from referrals.models import Assessment, Case, Recommendation, Status
from tests.factories.many_cases import make_closed_row, make_row
from tests.factories.referrals import make_case
from tests.integration.referrals.queue_page import listed, read

pytestmark = pytest.mark.django_db
NOW = timezone.now()
HOUR = timedelta(hours=1)


@pytest.fixture
def lead(client, dsl, guidance):
    client.force_login(dsl)
    return client


def overdue(client):
    return listed(read(client, status="any", overdue="on"))


def test_a_review_is_overdue_from_its_moment_until_it_is_reviewed(lead, practitioner):
    case = make_row(practitioner, review_due_at=NOW + HOUR)
    assert overdue(lead) == []
    Case.objects.update(review_due_at=NOW - HOUR)
    assert overdue(lead) == [case.reference]
    Case.objects.update(status=Status.ACKNOWLEDGED)
    assert overdue(lead) == [case.reference]
    Case.objects.update(status=Status.REVIEWED)
    assert overdue(lead) == []


def test_a_step_is_overdue_the_day_after_it_was_due_until_it_is_done(lead, practitioner):
    case = make_case(practitioner)
    step = case.recommendations.first()
    today = timezone.localdate()
    set_step(step, due=today)
    assert overdue(lead) == []
    set_step(step, due=today - timedelta(days=1))
    assert overdue(lead) == [case.reference]
    assert "A step was due by" in read(lead)
    for progress in ("done", "not_needed"):
        set_step(step, progress=progress, reason="A reason")
        assert overdue(lead) == []


def set_step(step, **fields):
    Recommendation.objects.filter(pk=step.pk).update(**fields)


def test_a_step_of_answers_that_were_changed_since_counts_no_more(lead, practitioner):
    case = make_case(practitioner)
    set_step(case.recommendations.first(), due=timezone.localdate() - timedelta(days=1))
    assert overdue(lead) == [case.reference]
    first = case.first_assessment
    values = {f.name: getattr(first, f.name) for f in Assessment._meta.fields if f.name != "id"}
    Assessment.objects.create(**{**values, "version": 2, "reason": "An age became known"})
    assert overdue(lead) == []
    added = Recommendation(case=case, kind="added", text="Ring back", order=1)
    added.due = timezone.localdate() - timedelta(days=1)
    added.save()
    assert overdue(lead) == [case.reference]


def test_a_closed_case_is_overdue_from_its_review_date(lead, practitioner):
    make_closed_row(practitioner, days=1, review_due_at=NOW - HOUR)
    due = make_closed_row(practitioner, days=0)
    assert overdue(lead) == [due.reference]
    page = read(lead, "/")
    assert "1 overdue" in page
    assert "To be looked at again from" in read(lead, status="closed")
