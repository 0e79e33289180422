"""The triages that were discarded, on the home page of a lead: the newest, the rest on request."""

import re
from datetime import timedelta

import pytest

from tests.integration.referrals.queue_page import link, read
from triage.actions import discard_draft, start_draft
from triage.models import Draft

pytestmark = pytest.mark.django_db
TRIAGE = re.compile(r'href="/triage/([^/"]+)/read/">Discarded ')


@pytest.fixture
def lead(client, dsl, guidance):
    client.force_login(dsl)
    return client


def discard(by, number):
    """So many, the newest first."""
    made = [start_draft(by=by) for _ in range(number)]
    for place, draft in enumerate(made):
        discard_draft(draft=draft, reason="A test", by=by)
        at = Draft.objects.get(pk=draft.pk).discarded_at - timedelta(hours=place)
        Draft.objects.filter(pk=draft.pk).update(discarded_at=at)
    return [str(draft.pk) for draft in made]


def test_few_are_all_there(lead, practitioner, strange_dsl):
    made = discard(practitioner, 20)
    discard(strange_dsl, 1)
    page = read(lead, "/")
    assert TRIAGE.findall(page) == made
    assert "Show every discarded triage" not in page


def test_of_many_the_newest_twenty_are_shown_and_the_rest_on_request(lead, practitioner):
    made = discard(practitioner, 23)
    page = read(lead, "/")
    assert TRIAGE.findall(page) == made[:20]
    assert "The newest 20 of 23." in page
    address = link(page, "Show every discarded triage")
    assert address == "/?discarded=all#discarded"
    page = read(lead, "/", discarded="all")
    assert TRIAGE.findall(page) == made
    assert "The newest" not in page


def test_nobody_else_sees_them(client, practitioner, guidance):
    discard(practitioner, 1)
    client.force_login(practitioner)
    assert "Discarded" not in read(client, "/", discarded="all")
