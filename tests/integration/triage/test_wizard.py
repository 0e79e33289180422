"""The wizard's pages, on a real database: stepping, saving, errors, formtools' traps."""

import re

import pytest

from tests.integration.triage.steps import add_person, answer, fill, shown, url
from triage.models import Draft

pytestmark = pytest.mark.django_db


def test_starting_makes_a_draft_of_the_persons_organisation(draft, practitioner, guidance):
    assert draft.owner == practitioner
    assert draft.organisation == practitioner.organisation
    assert draft.edition == guidance
    assert draft.answers == {}


def test_each_page_is_saved_and_leads_to_the_next(here, draft):
    response = answer(here, draft, "immediate-risk", immediate_risk="no")
    assert response.url == url(draft, "people")
    draft.refresh_from_db()
    assert draft.answers == {"immediate_risk": "no"}
    assert draft.version == 1


def test_the_list_of_people_starts_with_adding_one(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    response = here.get(url(draft, "people"))
    assert response.status_code == 302
    assert response.url.startswith(url(draft, "people"))


def test_a_whole_triage_ends_at_check_your_answers(here, draft):
    fill(here, draft)
    assert draft.route.first_open is None
    page = here.get(url(draft, "check"))
    assert page.status_code == 200
    assert "An app" in page.content.decode()


def test_the_page_says_which_section_it_is_of(here, draft):
    fill(here, draft, stop="audience")
    assert "Section 2 of 4: How it was shared" in here.get(url(draft, "audience")).content.decode()


def test_an_unanswered_page_is_refused_with_a_message_and_an_error_title(here, draft):
    response = answer(here, draft, "immediate-risk")
    assert response.status_code == 422
    text = response.content.decode()
    assert "<title>Error: " in text
    assert 'href="#immediate_risk"' in text
    assert 'id="immediate_risk"' in text
    draft.refresh_from_db()
    assert draft.answers == {}


def test_what_was_typed_is_kept_when_something_is_wrong(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    response = answer(here, draft, "people/p1", ref="Child Seven", age="fifteen")
    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="Child Seven"' in text
    assert 'value="fifteen"' in text
    assert "Enter the age in whole years" in text


@pytest.mark.parametrize(
    ("age", "band", "stored"),
    [
        ("15", "", 15),
        ("15", "13_to_17", 15),
        ("15", "unknown", 15),  # it became known, and a radio cannot be unticked
        ("0", "", 0),
        ("", "under_13", "under_13"),
        ("", "unknown", "unknown"),
        ("adult", "", "adult"),
    ],
)
def test_an_age_or_an_age_group_is_stored(here, draft, age, band, stored):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, age=age, age_band=band)
    draft.refresh_from_db()
    assert draft.people[0]["age"] == stored


@pytest.mark.parametrize(
    ("age", "band"), [("", ""), ("15", "adult"), ("121", ""), ("-1", ""), ("15.5", ""), ("١٥", "")]
)
def test_an_age_that_cannot_be_right_is_refused(here, draft, age, band):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    assert add_person(here, draft, age=age, age_band=band).status_code == 422
    draft.refresh_from_db()
    assert draft.people == []


def test_a_yes_to_immediate_risk_shows_999_at_once_and_goes_on(here, draft):
    response = answer(here, draft, "immediate-risk", immediate_risk="yes")
    page = here.get(response.url, follow=True)
    assert page.status_code == 200
    assert 'id="emergency"' in page.content.decode()


def test_without_immediate_risk_there_is_no_panel(here, draft):
    response = answer(here, draft, "immediate-risk", immediate_risk="no")
    assert 'id="emergency"' not in here.get(response.url, follow=True).content.decode()


# --- the list of people ------------------------------------------------------------------------


def test_somebody_must_be_pictured(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, roles=["received"])
    response = answer(here, draft, "people")
    assert response.status_code == 422
    assert "Add who is in the image" in response.content.decode()


def test_someone_not_yet_identified_is_filled_in_but_for_their_part(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, roles=["received"])
    address = re.search(r'href="([^"]+)\?unidentified"', here.get(url(draft, "people")).text)[1]
    page = here.get(f"{address}?unidentified").text
    assert 'value="Not yet identified"' in page
    known = {"ref": "Not yet identified", "age_band": "unknown", "agency_involvement": "unknown"}
    mark = shown(here, address)
    posted = {**known, "shown": mark, "vulnerabilities": "unknown", "roles": ["pictured"]}
    assert here.post(address, posted).url == url(draft, "people")
    assert answer(here, draft, "people").url == url(draft, "earlier-incidents")
    draft.refresh_from_db()
    assert [person["ref"] for person in draft.people] == ["A", "Not yet identified"]


def test_there_may_be_no_image_at_all(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, roles=["asked_for_image"])
    response = answer(here, draft, "people", people_listed="no_image")
    assert response.url == url(draft, "earlier-incidents")
    draft.refresh_from_db()
    assert draft.answers["image_kind"] == "no_image"


def test_a_double_click_adds_one_person(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    mark = shown(here, url(draft, "people/p1"))
    posted = {
        "shown": mark,
        "ref": "A",
        "age": "15",
        "roles": ["pictured"],
        "vulnerabilities": ["unknown"],
        "agency_involvement": "unknown",
    }
    for _ in range(2):
        assert here.post(url(draft, "people/p1"), posted).url == url(draft, "people")
    draft.refresh_from_db()
    assert len(draft.people) == 1


def test_a_person_can_be_changed_and_removed(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, "p1")
    add_person(here, draft, "p2", ref="B", roles=["received"])
    add_person(here, draft, "p2", ref="C", roles=["witness"])
    draft.refresh_from_db()
    assert [(p["ref"], p["roles"]) for p in draft.people][1] == ("C", ["witness"])
    assert "Remove C" in here.get(url(draft, "people/p2/remove")).content.decode()
    here.post(url(draft, "people/p2/remove"))
    draft.refresh_from_db()
    assert [person["ref"] for person in draft.people] == ["A"]


# --- changing answers ---------------------------------------------------------------------------


def test_a_changed_answer_returns_to_the_check(here, draft):
    fill(here, draft)
    response = answer(here, draft, "feelings", emotional_impact="significant")
    assert response.url == url(draft, "check")


def test_a_change_that_opens_a_question_goes_there_first(here, draft):
    fill(here, draft)
    response = answer(here, draft, "adults", adult_contact="suspected")
    assert response.url == url(draft, "position-of-trust")
    assert here.get(url(draft, "check")).url == url(draft, "position-of-trust")


def test_an_abandoned_branch_is_kept_but_does_not_count(here, draft):
    fill(here, draft)
    answer(here, draft, "audience", audience="kept")
    draft = Draft.objects.get()
    assert draft.answers["willing_sharing"] == "yes"
    assert draft.route.answers["willing_sharing"] == "not_shared"
    assert "each sharing" not in here.get(url(draft, "check")).content.decode()
