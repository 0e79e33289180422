"""Two leads at the same case, or at the same discarded triages, at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts.roles import Role
from audit import chain
from audit.models import Entry, Head
from referrals.chronology import last_number
from referrals.models import Case, Tombstone
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import at
from tests.integration.referrals.retention.setting import closed, due
from tests.integration.referrals.retention.test_deleting import delete
from triage.actions import discard_draft, start_draft
from triage.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)
DISCARDED = "/cases/retention/discarded/"


def post_at_once(people, path, values):
    """What each is answered who posts it at the same moment."""
    clients, gate = [], Barrier(len(people))
    for user in people:
        clients.append(FormClient())
        clients[-1].force_login(user)

    def post(client):
        try:
            gate.wait(10)
            return client.post(path, values)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(post, clients))


def is_whole(organisation):
    rows = Entry.objects.filter(organisation_id=organisation.pk).order_by("sequence")
    head = Head.objects.get(pk=organisation.pk)
    return chain.verify(rows, head=(head.sequence, head.hash)) is None


def number_of(act):
    return Entry.objects.filter(action=act).count()


def test_of_three_leads_at_once_one_deletes_the_case(school, practitioner, dsl, guidance):
    case = due(closed(make_case(practitioner), dsl))
    people = [dsl, *(UserFactory(organisation=school, roles=[Role.DSL]) for _ in range(2))]
    values = {"seen": last_number(case), "reason": "period_ended", "reference": case.reference}
    answers = post_at_once(people, at(case, "delete/"), values)
    assert sorted(answer.status_code for answer in answers) == [302, 410, 410]
    told = [one.content.decode() for one in answers if one.status_code == 410]
    assert all("This case was deleted" in text for text in told)
    assert not Case.objects.exists()
    assert Tombstone.objects.count() == number_of("case.deleted") == 1
    assert is_whole(school)


def test_a_second_click_says_that_it_was_deleted(school, practitioner, dsl, guidance):
    case = due(closed(make_case(practitioner), dsl))
    values = {"seen": last_number(case), "reason": "period_ended", "reference": case.reference}
    answers = post_at_once([dsl, dsl], at(case, "delete/"), values)
    assert sorted(answer.status_code for answer in answers) == [302, 410]


@pytest.mark.parametrize("page", ["", "delete/", "chronology/", "outcome/"])
def test_a_case_that_goes_while_its_page_is_read_is_told_of(
    school, practitioner, dsl, guidance, page
):
    """It is there when it is looked up, and its answers are gone when they are."""
    case = due(closed(make_case(practitioner), dsl))
    client = FormClient()
    client.force_login(dsl)
    gone = []

    def deleted_first(execute, sql, *rest):
        if 'FROM "referrals_assessment"' in sql and not gone:
            gone.append(sql)
            delete(case, dsl)
        return execute(sql, *rest)

    with connection.execute_wrapper(deleted_first):
        answer = client.get(at(case, page))
    assert gone
    assert answer.status_code == (404 if page == "outcome/" else 410)


def test_of_two_leads_at_once_each_triage_is_deleted_by_one(school, practitioner, dsl, guidance):
    ids = []
    for _ in range(3):
        draft = start_draft(by=practitioner)
        discard_draft(draft=draft, reason="A test", by=practitioner)
        ids.append(str(draft.pk))
    Draft.objects.update(discarded_at=timezone.now() - timedelta(days=400))
    other = UserFactory(organisation=school, roles=[Role.DEPUTY])
    values = {"drafts": ids, "sure": "on"}
    answers = post_at_once([dsl, other], DISCARDED, values)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert not Draft.objects.exists()
    assert number_of("draft.deleted") == 3
    assert is_whole(school)
