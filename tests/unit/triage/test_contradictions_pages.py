"""Both sides of a contradiction lead to a page that opens, whatever the draft holds."""

import re

from django.urls import resolve
from hypothesis import given

from tests.unit.triage.model.strategies import seeds
from tests.unit.triage.model.test_contradictions_settled import a_draft
from triage.model.contradictions import contradictions
from triage.models import Draft
from triage.views.which_is_right import name_of, page_url_of


def sides_of(draft):
    return [side for found in contradictions(draft.route.answers) for side in found.sides]


@given(seeds())
def test_both_sides_lead_to_a_page_that_opens(random):
    draft = Draft(answers=a_draft(random))
    for side in sides_of(draft):
        place = resolve(page_url_of(draft, side))
        assert place.kwargs["draft_id"] == draft.pk
        assert draft.route.reachable(place.kwargs.get("step", "people"))


@given(seeds())
def test_the_side_of_a_person_leads_to_that_person(random):
    draft = Draft(answers=a_draft(random))
    for side in sides_of(draft):
        if match := re.fullmatch(r"people\[(\d+)\]", side):
            place = resolve(page_url_of(draft, side))
            assert place.kwargs["person_id"] == draft.people[int(match[1])]["id"]


@given(seeds())
def test_each_contradiction_of_a_draft_has_a_name_of_its_own(random):
    draft = Draft(answers=a_draft(random))
    names = [name_of(draft, found) for found in contradictions(draft.route.answers)]
    assert len(set(names)) == len(names)
