"""A list of people has an end: working out every open answer takes longer with each of them."""

import pytest

from referrals.models import Case
from tests.integration.triage.steps import add_person, shown, url
from triage.forms.person import MOST_PEOPLE
from triage.models import Draft

pytestmark = pytest.mark.django_db
FULL = "There are 100 people on the list already"


@pytest.fixture
def full(draft: Draft) -> Draft:
    """A draft with as many people as there may be."""
    one = {"age": 15, "roles": ["pictured"], "vulnerabilities": [], "agency_involvement": "none"}
    people = [{**one, "id": f"p{n}", "ref": f"R{n}"} for n in range(MOST_PEOPLE)]
    draft.put({"immediate_risk": "no", "people": people})
    draft.save(update_fields=["answers"])
    return draft


def listed(draft: Draft) -> int:
    draft.refresh_from_db()
    return len(draft.people)


def test_one_more_is_refused_and_said_and_what_was_typed_is_kept(here, full):
    response = add_person(here, full, "new", ref="Another")
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(FULL) == 2  # in the summary and at the field
    assert "Another" in page
    assert listed(full) == MOST_PEOPLE


def test_somebody_who_is_listed_can_still_be_changed_and_taken_off(here, full):
    assert add_person(here, full, "p5", ref="R5", age="14").status_code == 302
    full.refresh_from_db()
    assert full.people[5]["age"] == 14
    here.post(url(full, "people/p5/remove"))
    assert add_person(here, full, "new", ref="Another").status_code == 302
    assert listed(full) == MOST_PEOPLE


def test_sending_at_once_sends_the_rest_and_says_who_is_not_in_it(here, full):
    posted = {"shown": shown(here, url(full, "people/new")), "ref": "Another", "age": "15"}
    response = here.post(url(full, "send/people/new"), posted, follow=True)
    assert FULL in response.content.decode()
    assert len(Case.objects.get().assessment.answers["people"]) == MOST_PEOPLE
