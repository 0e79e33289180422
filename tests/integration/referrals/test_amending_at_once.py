"""Leads who change the answers of one case at the same moment, on whichever database this is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from accounts.roles import Role
from referrals.actions.amending import Overtaken, save_amendment, start_amendment
from referrals.chronology import last_number
from referrals.models import Case, EventKind
from tests.factories.accounts import UserFactory
from tests.factories.referrals import make_case
from triage.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)

ANSWERS = ("none_seen", "significant", "severe")


@pytest.fixture
def case(practitioner, guidance) -> Case:
    return make_case(practitioner)


@pytest.fixture
def leads(school):
    return [UserFactory(organisation=school, roles=[Role.DSL]) for _ in ANSWERS]


def at_once(work, *arguments):
    barrier = Barrier(len(arguments[0]))

    def run(*given):
        try:
            barrier.wait(timeout=30)
            return work(*given)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(arguments[0])) as pool:
        return list(pool.map(run, *arguments))


def begin(case, lead, answer) -> Draft:
    seen = last_number(case)
    draft = start_amendment(case=case, reason="Known now", seen=seen, by=lead)
    draft.put({**draft.answers, "emotional_impact": answer})
    draft.save(update_fields=["answers"])
    return draft


def save(draft):
    """The version that was made, or the one that came before."""
    draft = Draft.objects.select_related("owner").get(pk=draft.pk)
    try:
        saved = save_amendment(draft=draft, seen=draft.amends_version, by=draft.owner)
    except Overtaken as overtaken:
        return "told of", overtaken.newest.version
    return "saved", saved.version


def test_one_is_saved_at_a_time_and_the_others_are_told(case, leads):
    drafts = [begin(case, lead, answer) for lead, answer in zip(leads, ANSWERS, strict=True)]
    assert sorted(at_once(save, drafts)) == [("saved", 2), ("told of", 2), ("told of", 2)]
    waiting = [draft for draft in drafts if Draft.objects.get(pk=draft.pk).is_open]
    assert len(waiting) == 2
    assert sorted(at_once(save, waiting)) == [("saved", 3), ("told of", 3)]
    (last,) = [draft for draft in waiting if Draft.objects.get(pk=draft.pk).is_open]
    assert save(last) == ("saved", 4)
    found = Case.objects.get()
    versions = found.assessments.order_by("version")
    assert [assessment.version for assessment in versions] == [1, 2, 3, 4]
    assert {a.answers["emotional_impact"] for a in versions[1:]} == set(ANSWERS)
    events = found.events.filter(kind=EventKind.AMENDED).order_by("number")
    assert [event.data["version"] for event in events] == ["2", "3", "4"]
    flags = set(found.flags.values_list("flag", flat=True))
    assert flags == set(found.assessment.result["flags"])


def test_one_copy_saved_many_times_at_once_is_one_version(case, leads):
    draft = begin(case, leads[0], "severe")
    assert at_once(save, [draft] * 4) == [("saved", 2)] * 4
    assert Case.objects.get().assessments.count() == 2


def test_opening_it_many_times_at_once_opens_one_copy(case, leads):
    def open_copy(lead):
        return start_amendment(case=case, reason="Known now", seen=last_number(case), by=lead).pk

    assert len(set(at_once(open_copy, [leads[0]] * 4))) == 1
    assert Draft.objects.filter(amends=case.reference).count() == 1
