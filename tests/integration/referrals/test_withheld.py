"""Parents who are not told for now: when that is looked at again, lists and pages say so."""

import html
import importlib
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from referrals.actions import deciding
from referrals.actions.amending import save_amendment, start_amendment
from referrals.chronology import last_number
from referrals.models import Case
from referrals.watching import watch
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.cases import act, at, fresh
from tests.integration.referrals.lead import agree, close, quiet, withhold
from tests.integration.referrals.queue_page import listed, read
from tests.outbox import told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = timezone.localdate()
B = {**PERSON, "id": "p2", "ref": "B"}


@pytest.fixture
def case(guidance, practitioner, dsl):
    """Reviewed, about A and B."""
    return quiet(agree(make_case(practitioner, people=[PERSON, B]), dsl))


@pytest.fixture
def lead(client, dsl):
    client.force_login(dsl)
    return client


def overdue(client):
    return listed(read(client, status="any", overdue="on"))


def next_steps(client, case):
    """What the page of the case says is to be done next."""
    page = html.unescape(client.get(at(case)).content.decode())
    return page[page.index('id="do-next"') :].split("</section>")[0]


def amend(case, by, **answers):
    """The case with these answers instead."""
    draft = start_amendment(case=case, reason="A mistake", seen=last_number(case), by=by)
    draft.put({**draft.answers, **answers})
    draft.save(update_fields=["answers"])
    save_amendment(draft=draft, seen=case.assessment.version, by=by)
    return fresh(case)


def test_from_its_day_on_it_is_overdue_everywhere(lead, dsl, case):
    withhold(case, dsl, "A", TODAY)
    assert overdue(lead) == [case.reference]
    for address in ("/", "/cases/"):
        page = read(lead, address)
        assert "1 overdue" in page
        assert f"Parents were not told; to be looked at again from {TODAY:%-d %B %Y}" in page
    said = next_steps(lead, case)
    assert "The parents or carers of A were not told for now." in said
    assert f"to be looked at again on {TODAY:%-d %B %Y}" in said
    assert at(case, "record/parents/") in said
    assert watch() == {"reminded": 1}
    assert told(dsl) == [f"Look at case {case.reference} again"]


def test_until_then_nothing_is_said(lead, dsl, case):
    withhold(case, dsl, "A", TODAY + DAY)
    assert overdue(lead) == []
    assert "Nothing overdue" in read(lead, "/")
    assert "parents or carers of" not in next_steps(lead, case)
    assert watch() == {}


@pytest.mark.parametrize(("done", "review_on"), [("told", None), ("withheld", TODAY + DAY)])
def test_a_later_entry_about_the_same_person_settles_it(lead, dsl, case, done, review_on):
    withhold(case, dsl, "A", TODAY)
    withhold(case, dsl, "B", TODAY - DAY)
    withhold(case, dsl, "B", review_on, done=done)
    assert overdue(lead) == [case.reference]
    assert "parents or carers of A" in next_steps(lead, case)
    assert "parents or carers of B" not in next_steps(lead, case)
    withhold(case, dsl, "A", review_on, done=done)
    assert overdue(lead) == []
    assert "parents or carers of" not in next_steps(lead, case)
    assert watch() == {}


def test_the_form_settles_it(lead, dsl, case):
    withhold(case, dsl, "A", TODAY)
    given = {"person": "A", "done": "told", "by_whom": "A lead", "facts": "By telephone."}
    assert (
        act(lead, case, "record/parents/", **given, on="1 11 2026", at="10:00").status_code == 302
    )
    assert overdue(lead) == []


def test_a_closed_case_has_a_date_of_its_own_and_a_reopened_one_this_again(lead, dsl, case):
    withhold(case, dsl, "A", TODAY)
    close(case, dsl, TODAY + DAY)
    assert overdue(lead) == []
    assert "parents or carers of" not in next_steps(lead, case)
    deciding.reopen(case=case, reason="New", seen=last_number(case), by=dsl)
    assert overdue(lead) == [case.reference]


def test_somebody_who_is_called_something_else_now_is_the_same_person(lead, dsl, case):
    withhold(case, dsl, "A", TODAY)
    case = amend(case, dsl, people=[{**PERSON, "ref": "Quokka"}, {**B, "ref": "A"}])
    agree(case, dsl)
    assert "parents or carers of Quokka" in next_steps(lead, case)
    withhold(case, dsl, "A", None, done="told")
    assert overdue(lead) == [case.reference]
    withhold(case, dsl, "Quokka", None, done="told")
    assert overdue(lead) == []


def test_somebody_who_is_not_in_the_case_any_more_is_left_out(lead, dsl, case):
    withhold(case, dsl, "B", TODAY)
    withhold(case, dsl, "Somebody else", TODAY + DAY)
    case = amend(case, dsl, people=[PERSON])
    agree(case, dsl)
    assert overdue(lead) == []
    assert fresh(case).parents_review_on == TODAY + DAY
    assert "parents or carers of" not in next_steps(lead, case)


def test_many_take_as_many_queries_as_one(lead, dsl, case, practitioner):
    withhold(case, dsl, "A", TODAY)
    watch()
    few = queries(lambda: overdue(lead)), queries(watch)
    for _ in range(4):
        withhold(agree(make_case(practitioner), dsl), dsl, "A", TODAY)
    watch()
    assert (queries(lambda: overdue(lead)), queries(watch)) == few
    assert len(overdue(lead)) == 5


def queries(work):
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


@pytest.mark.parametrize("day", [TODAY, TODAY - DAY])
def test_a_day_that_is_not_to_come_is_refused(lead, case, day):
    given = {"person": "A", "done": "withheld", "reason": "Risk", "review_on": f"{day:%d %m %Y}"}
    response = act(lead, case, "record/parents/", **given, on="1 11 2026", at="10:00")
    assert response.status_code == 422
    assert "Enter a day that is still to come" in response.content.decode()
    given["review_on"] = f"{TODAY + DAY:%d %m %Y}"
    response = act(lead, case, "record/parents/", **given, on="1 11 2026", at="10:00")
    assert response.status_code == 302
    assert fresh(case).parents_review_on == TODAY + DAY


def test_cases_from_before_the_day_was_kept_get_it(case, dsl, practitioner):
    withhold(case, dsl, "A", TODAY)
    withhold(case, dsl, "B", TODAY - DAY)
    withhold(case, dsl, "B", None, done="told")
    Case.objects.update(parents_review_on=None)
    importlib.import_module("referrals.migrations.0005_parents_review_on").fill(apps, None)
    assert fresh(case).parents_review_on == TODAY
