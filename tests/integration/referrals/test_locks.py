"""Locks of several pages at once: nobody waits for somebody who waits for them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.roles import Role
from referrals import alerts
from referrals.actions import review_times, submission
from referrals.actions.amending import start_amendment
from referrals.chronology import last_number
from referrals.deadlines import review_times as times_of
from referrals.models import Case, Within
from referrals.watching import watch
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ANSWERS, EMERGENCY, make_case
from tests.integration.referrals.lead import acknowledge, late, restrict
from triage.actions import start_draft

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works):
    """What each gives, run at the same time."""

    def run(work):
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_setting_the_times_and_submitting_do_not_wait_for_each_other(
    guidance, practitioner, school, monkeypatch
):
    """The manager locks the organisation, then the audit; the submission has locked the audit, and
    looks at the organisation when it commits."""
    make_case(practitioner)
    manager = UserFactory(organisation=school, roles=[Role.MANAGER])
    draft = start_draft(by=practitioner)
    draft.put(dict(ANSWERS))
    draft.save(update_fields=["answers"])
    audit_locked, organisation_locked = Event(), Event()
    new_case, record = alerts.new_case, review_times.record

    def submit_slowly(case, *, by):
        audit_locked.set()
        # SQLite has one writer at a time: there the other cannot get so far.
        organisation_locked.wait(5 if connection.vendor == "postgresql" else 0.2)
        return new_case(case, by=by)

    def record_late(**values):
        organisation_locked.set()
        return record(**values)

    monkeypatch.setattr(alerts, "new_case", submit_slowly)
    monkeypatch.setattr(review_times, "record", record_late)

    def save():
        assert audit_locked.wait(5)
        times = {"refer_now": Within.ONE_HOUR}
        review_times.save_review_times(organisation=school, times=times, by=manager)

    made, _ = together(lambda: submission.submit(draft=draft, by=practitioner), save)
    assert Case.objects.filter(pk=made.pk).exists()
    assert times_of(school)["refer_now"] == Within.ONE_HOUR


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database")
def test_no_row_that_others_refer_to_is_locked_against_being_referred_to(
    guidance, practitioner, dsl, deputy
):
    with CaptureQueriesContext(connection) as queries:
        case = make_case(practitioner, **EMERGENCY)
        acknowledge(case, dsl)
        start_amendment(case=case, reason="An age", seen=last_number(case), by=dsl)
        restrict(case, [deputy], dsl)
        watch(now=late(case))
    locked = [sql["sql"] for sql in queries.captured_queries if "FOR UPDATE" in sql["sql"]]
    assert {sql.split('FROM "')[1].split('"')[0] for sql in locked} == {"audit_head"}
    assert any("FOR NO KEY UPDATE" in sql["sql"] for sql in queries.captured_queries)
