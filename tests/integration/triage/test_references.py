"""What people on the list are called: each something of their own that can be seen."""

import pytest

from referrals.models import Case
from tests.integration.triage.steps import add_person, answer, shown, url
from triage.model.refs import NOBODY_YET
from triage.models import Draft

pytestmark = pytest.mark.django_db

ALREADY = "You already listed somebody as “A”. Use another letter or number for this person."


def refs(draft: Draft) -> list[str]:
    draft.refresh_from_db()
    return [person["ref"] for person in draft.people]


@pytest.fixture
def listing(here, draft):
    """A draft with A on its list."""
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, "p1", ref="A")
    return draft


@pytest.mark.parametrize("ref", ["A", "a", " A ", "A\u200b", "\u00a0a"])
def test_two_people_have_different_references(here, listing, ref):
    response = add_person(here, listing, "p2", ref=ref, roles=["received"])
    assert response.status_code == 422
    text = response.content.decode()
    assert ALREADY in text
    assert 'href="#ref"' in text
    assert refs(listing) == ["A"]


def test_a_reference_cannot_be_changed_to_that_of_somebody_else(here, listing):
    add_person(here, listing, "p2", ref="B")
    response = add_person(here, listing, "p2", ref="A")
    assert response.status_code == 422
    assert ALREADY in response.content.decode()
    assert refs(listing) == ["A", "B"]


@pytest.mark.parametrize("ref", ["A", "a"])
def test_a_person_who_is_changed_may_keep_their_reference(here, listing, ref):
    add_person(here, listing, "p2", ref="B")
    assert add_person(here, listing, "p1", ref=ref, age="14").status_code == 302
    assert refs(listing) == [ref, "B"]
    assert listing.people[0]["age"] == 14


def test_a_reference_is_free_again_when_its_person_was_taken_off(here, listing):
    add_person(here, listing, "p2", ref="B")
    here.post(url(listing, "people/p1/remove"))
    assert add_person(here, listing, "p3", ref="A").status_code == 302
    assert refs(listing) == ["B", "A"]


def test_what_is_said_of_a_reference_taken_is_escaped(here, listing):
    add_person(here, listing, "p2", ref="<b>%s")
    text = add_person(here, listing, "p3", ref="<B>%S").content.decode()
    assert "You already listed somebody as “&lt;b&gt;%s”." in text
    assert "<b>%s" not in text


@pytest.mark.parametrize("ref", ["", "  ", "\u200b", "\ufeff\u200d", "\u00ad", "\u0007", "\u2003"])
def test_a_reference_that_nobody_can_see_is_none(here, listing, ref):
    response = add_person(here, listing, "p2", ref=ref)
    assert response.status_code == 422
    assert "Enter initials or your own reference" in response.content.decode()
    assert refs(listing) == ["A"]


# --- nobody knows who it is ---------------------------------------------------------------------


def test_people_not_yet_identified_are_numbered(here, listing):
    for person_id, typed in [("p2", NOBODY_YET), ("p3", "not yet identified"), ("p4", NOBODY_YET)]:
        assert add_person(here, listing, person_id, ref=typed).status_code == 302
    assert refs(listing) == ["A", NOBODY_YET, f"{NOBODY_YET} 2", f"{NOBODY_YET} 3"]


def test_the_page_of_one_more_unidentified_says_the_number(here, listing):
    assert f'value="{NOBODY_YET}"' in here.get(url(listing, "people/p2") + "?unidentified").text
    add_person(here, listing, "p2", ref=NOBODY_YET)
    assert f'value="{NOBODY_YET} 2"' in here.get(url(listing, "people/p3") + "?unidentified").text


def test_a_double_click_numbers_once(here, listing):
    add_person(here, listing, "p2", ref=NOBODY_YET)
    address = url(listing, "people/p3")
    posted = {
        "shown": shown(here, address),
        "ref": NOBODY_YET,
        "age_band": "unknown",
        "roles": ["received"],
        "vulnerabilities": ["unknown"],
        "agency_involvement": "unknown",
    }
    for _ in range(2):
        assert here.post(address, posted).status_code == 302
    assert refs(listing) == ["A", NOBODY_YET, f"{NOBODY_YET} 2"]


def test_the_unidentified_keep_their_numbers_when_changed(here, listing):
    add_person(here, listing, "p2", ref=NOBODY_YET)
    add_person(here, listing, "p3", ref=NOBODY_YET)
    add_person(here, listing, "p3", ref=f"{NOBODY_YET} 2", age="14")
    add_person(here, listing, "p2", ref=NOBODY_YET, age="13")
    assert refs(listing) == ["A", NOBODY_YET, f"{NOBODY_YET} 2"]


def test_the_outcome_has_the_note_for_each_of_the_unidentified(here, listing):
    for person_id in ("p2", "p3"):
        add_person(here, listing, person_id, ref=NOBODY_YET, roles=["received"])
    here.post(url(listing, "send/people"), {})
    page = here.get(f"/cases/{Case.objects.get().reference}/outcome/").content.decode()
    assert f"{NOBODY_YET} 2" in page
    assert page.count("<strong>Has not yet been identified</strong>") == 2
