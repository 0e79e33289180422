"""An open triage that nobody touches for 28 days is put to the leads, and never just dropped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.models import Entry
from outbox.models import Message
from referrals.models import Case
from referrals.watching import watch
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ANSWERS
from tests.integration.triage.steps import url
from tests.outbox import everything_written, told
from triage.actions import NotUntouched, discard_untouched, start_draft, take_over
from triage.models import Draft
from triage.queries import UNTOUCHED

pytestmark = pytest.mark.django_db
HEADING = "Drafts nobody has touched for 28 days"


@pytest.fixture
def draft(guidance, practitioner) -> Draft:
    draft = start_draft(by=practitioner)
    draft.put({**ANSWERS, "people": [{**ANSWERS["people"][0], "ref": "Quokka"}]})
    draft.save(update_fields=["answers"])
    return left(draft, UNTOUCHED + timedelta(hours=1))


@pytest.fixture
def deputy(school):
    return UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])


def left(draft: Draft, ago: timedelta) -> Draft:
    Draft.objects.filter(pk=draft.pk).update(saved_at=timezone.now() - ago)
    return Draft.objects.get(pk=draft.pk)


def text(client, path) -> str:
    return client.get(path).content.decode()


@pytest.mark.parametrize("page", ["/", "/cases/"])
def test_leads_see_it_on_a_list_of_its_own(client, draft, dsl, page):
    client.force_login(dsl)
    assert HEADING in text(client, page)
    left(draft, UNTOUCHED - timedelta(hours=1))
    assert HEADING not in text(client, page)


def test_others_do_not(client, draft, practitioner, strange_dsl):
    for user in (practitioner, strange_dsl):
        client.force_login(user)
        assert HEADING not in text(client, "/")


def test_leads_are_told_once_each_time_it_is_left(draft, dsl, deputy, practitioner):
    now = timezone.now()
    assert watch(now=now) == {"untouched": 1}
    assert watch(now=now + timedelta(days=1)) == {}
    assert told(dsl) == ["A triage that nobody finished"]
    assert told(deputy) == told(practitioner) == []
    assert "quokka" not in everything_written()
    assert str(draft.pk) in everything_written()
    Draft.objects.filter(pk=draft.pk).update(version=draft.version + 1, saved_at=now)
    assert watch(now=now + timedelta(days=27)) == {}
    assert watch(now=now + timedelta(days=29)) == {"untouched": 1}
    assert len(told(dsl)) == 2


@pytest.mark.parametrize("values", [{"restricted": True}, {"amends": "X"}, {"submitted_at": True}])
def test_what_is_no_open_triage_is_not_told_of(draft, dsl, values):
    now = timezone.now()
    if "amends" in values:
        values = {"amends": "CCCCC-CCCCC", "amends_version": 1, "amend_reason": "Known now"}
    if "submitted_at" in values:
        values = {"submitted_at": now}
    Draft.objects.filter(pk=draft.pk).update(**values)
    assert watch(now=now) == {}
    assert not Message.objects.exists()


def test_a_lead_takes_it_over_and_sends_it(client, draft, dsl, practitioner):
    client.force_login(dsl)
    assert url(draft, "take-over") in text(client, url(draft, "read"))
    response = client.post(url(draft, "take-over"))
    assert response.url == url(draft, "check")
    assert Entry.objects.order_by("pk").last().action == "draft.taken_over"
    client.force_login(practitioner)
    assert client.get(url(draft, "check")).status_code == 404
    client.force_login(dsl)
    client.post(url(draft, "submit"))
    assert Case.objects.get(draft=draft).submitted_by == dsl


def test_a_lead_discards_it_with_a_reason(client, draft, dsl):
    client.force_login(dsl)
    assert client.post(url(draft, "end"), {}).status_code == 422
    client.post(url(draft, "end"), {"reason": "Started twice"})
    ended = Draft.objects.get(pk=draft.pk)
    assert (ended.discarded_by, ended.discard_reason) == (dsl, "Started twice")
    assert "Started twice" in text(client, url(draft, "read"))
    assert HEADING not in text(client, "/")


@pytest.mark.parametrize("page", ["take-over", "end"])
def test_one_that_somebody_goes_on_with_is_left_alone(client, draft, dsl, practitioner, page):
    draft = left(draft, timedelta(days=1))
    client.force_login(dsl)
    assert url(draft, page) not in text(client, url(draft, "read"))
    client.post(url(draft, page), {"reason": "Started twice"})
    now = Draft.objects.get(pk=draft.pk)
    assert now.owner == practitioner
    assert now.is_open
    assert "Somebody has gone on with this triage" in text(client, "/")


def test_the_actions_ask_again_under_the_lock(draft, dsl):
    left(draft, timedelta(days=1))
    with pytest.raises(NotUntouched):
        take_over(draft=draft, by=dsl)
    with pytest.raises(NotUntouched):
        discard_untouched(draft=draft, reason="Started twice", by=dsl)


def test_nobody_else_can_do_either(client, draft, practitioner, colleague, strange_dsl):
    for user in (practitioner, colleague, strange_dsl):
        client.force_login(user)
        for page in ("take-over", "end"):
            assert client.get(url(draft, page)).status_code == 404
            assert client.post(url(draft, page), {"reason": "Mine"}).status_code == 404
    assert Draft.objects.get().owner == practitioner
