"""The chronology: entries never change, stand by when they happened, and are put right beside."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Entry
from referrals.models import Event
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act, at, newest

pytestmark = pytest.mark.django_db
NOTE = {"facts": "A asked for a quiet room.", "on": "1 11 2026", "at": "10:00"}


@pytest.fixture
def case(practitioner, guidance):
    return make_case(practitioner)


@pytest.fixture
def here(client, dsl):
    client.force_login(dsl)
    return client


def add(client, case, slug, **changes):
    return act(client, case, f"record/{slug}/", **{**NOTE, **changes})


def test_an_addendum_points_back_and_the_entry_stays(here, case):
    add(here, case, "note")
    number = newest(case).number
    before = Event.objects.values().get(case=case, number=number)
    act(here, case, f"chronology/{number}/addendum/", text="It was a Tuesday.")
    assert Event.objects.values().get(case=case, number=number) == before
    page = here.get(at(case, "chronology/")).content.decode()
    assert f'about <a class="govuk-link" href="#entry-{number}">entry {number}</a>' in page
    assert f'See also <a class="govuk-link" href="#entry-{number + 1}">' in page


def test_an_addendum_can_be_added_to_a_closed_case_and_a_record_cannot(here, case):
    act(here, case, "review/", decision="agree")
    closing = {"outcome": "supported_here", "summary": "Done.", "review_on": "1 1 2030"}
    act(here, case, "close/", **closing)
    assert add(here, case, "note").status_code == 409
    assert act(here, case, "chronology/1/addendum/", text="A word more.").status_code == 302


def test_entries_stand_by_when_they_happened(here, case):
    add(here, case, "note", facts="Later.", on="2 11 2026")
    add(here, case, "note", facts="Earlier.", on="1 11 2026")
    oldest = here.get(at(case, "chronology/")).content.decode()
    newest_first = here.get(at(case, "chronology/?order=newest")).content.decode()
    assert oldest.index("Earlier.") < oldest.index("Later.")
    assert newest_first.index("Later.") < newest_first.index("Earlier.")
    assert "written down" in oldest


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events.update(data={}),
        lambda events: events.update(happened_at=timezone.now()),
        lambda events: events._raw_delete("default"),
    ],
)
def test_the_database_itself_keeps_every_entry(here, case, change):
    add(here, case, "note")
    before = list(Event.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Event.objects.all())
    assert list(Event.objects.values()) == before


def test_what_was_typed_is_shown_as_text(here, case):
    add(here, case, "note", facts="<script>alert(1)</script> <b>bold</b>")
    for page in ("", "chronology/"):
        text = here.get(at(case, page)).content.decode()
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_reading_is_audited(here, case, dsl):
    here.get(at(case))
    here.get(at(case, "chronology/"))
    acts = Entry.objects.filter(object_id=str(case.pk), actor_id=dsl.pk)
    assert list(acts.order_by("sequence").values_list("action", flat=True)) == [
        "case.read",
        "chronology.read",
    ]
