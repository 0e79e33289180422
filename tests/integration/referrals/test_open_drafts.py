"""The list of open drafts on the queue: its order, what is urgent, and what is no part of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.many_cases import make_row
from tests.factories.referrals import ANSWERS, EMERGENCY, PERSON, REFER_NOW
from tests.integration.referrals.queue_page import read
from triage.actions import start_draft
from triage.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client, dsl, guidance):
    client.force_login(dsl)
    return client


def draft(by, ref, *, hours=0, **answers):
    """A draft about somebody, begun so many hours ago."""
    made = start_draft(by=by)
    made.put({**ANSWERS, "people": [{**PERSON, "ref": ref}], **answers})
    made.started_at -= timedelta(hours=hours)
    made.save()
    return made


def in_order(page, *words):
    places = [page.index(word) for word in words]
    return places == sorted(places)


def test_the_response_so_far_orders_them_then_their_age(lead, practitioner):
    draft(practitioner, "Newer")
    draft(practitioner, "Older", hours=2)
    draft(practitioner, "Threatened", **REFER_NOW)
    draft(practitioner, "In danger", **EMERGENCY)
    for address in ("/", "/cases/"):
        page = read(lead, address)
        assert in_order(page, "In danger", "Threatened", "Older", "Newer")
        assert in_order(page, "Immediate risk of harm", "Threatened")
        assert page.count(">Urgent</strong>") == 1
    assert "Recorded cases" in page


def test_a_draft_with_nothing_answered_is_there_too(lead, practitioner):
    start_draft(by=practitioner)
    assert "Nobody listed yet" in read(lead)


def test_amendments_restricted_and_ended_ones_are_not_there(lead, practitioner, strange_dsl):
    amends = {"amends": "XXXXX-XXXXX", "amends_version": 1, "amend_reason": "An age"}
    Draft.objects.filter(pk=draft(practitioner, "Amended").pk).update(**amends)
    Draft.objects.filter(pk=draft(practitioner, "Hidden").pk).update(restricted=True)
    Draft.objects.filter(pk=draft(practitioner, "Sent").pk).update(submitted_at=timezone.now())
    draft(strange_dsl, "Elsewhere")
    page = read(lead)
    assert "Nobody is in the middle of a triage" in page
    for ref in ("Amended", "Hidden", "Sent", "Elsewhere"):
        assert ref not in page


def test_the_most_urgent_fifty_are_shown_and_the_rest_on_request(lead, practitioner):
    for number in range(52):
        draft(practitioner, f"Child {number:02d}", hours=-number)
    draft(practitioner, "In danger", hours=-99, **EMERGENCY)
    page = read(lead)
    assert "In danger" in page
    assert "Child 48" in page
    assert "Child 49" not in page
    assert "3 more, less urgent or newer, are not shown" in page
    assert "Child 51" in read(lead, drafts="all")


def test_filtered_or_further_on_they_take_one_line(lead, practitioner):
    draft(practitioner, "Quetzal")
    draft(practitioner, "In danger", **EMERGENCY)
    make_row(practitioner)
    assert "Quetzal" in read(lead)
    page = read(lead, status="any")
    assert "Quetzal" not in page
    assert "2 unfinished triages" in page
    assert "1 urgent" in page


def test_they_take_a_constant_number_of_queries(lead, practitioner, django_assert_num_queries):
    draft(practitioner, "One")
    read(lead)
    with django_assert_num_queries(6):
        read(lead)
    for number in range(9):
        draft(practitioner, f"Child {number}")
    with django_assert_num_queries(6):
        read(lead)
