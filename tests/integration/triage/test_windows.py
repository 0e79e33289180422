"""Two windows, discarded drafts, an expired session: nothing acknowledged is lost."""

import re

import pytest
from django.contrib.sessions.models import Session

from tests.integration.triage.steps import (
    HIDDEN,
    PERSON,
    add_person,
    answer,
    fill,
    shown,
    start,
    url,
)

pytestmark = pytest.mark.django_db


# --- two windows --------------------------------------------------------------------------------


def test_two_drafts_do_not_mix(here):
    one, two = start(here), start(here)
    answer(here, one, "immediate-risk", immediate_risk="yes")
    answer(here, two, "immediate-risk", immediate_risk="no")
    add_person(here, two, ref="Only in two")
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.answers == {"immediate_risk": "yes"}
    assert [person["ref"] for person in two.people] == ["Only in two"]


def test_two_windows_on_one_page_are_a_conflict_and_nothing_is_lost(here, draft):
    address = url(draft, "immediate-risk")
    first, second = shown(here, address), shown(here, address)
    assert here.post(address, {"immediate_risk": "yes", "shown": first}).status_code == 302
    response = here.post(address, {"immediate_risk": "no", "shown": second})
    assert response.status_code == 422
    text = response.content.decode()
    assert "This page was changed in another window" in text
    assert "<li>Whether any child is at immediate risk of harm: Yes</li>" in text
    assert "Select “Continue” to save yours" in text
    draft.refresh_from_db()
    assert draft.answers["immediate_risk"] == "yes"


def test_a_conflict_about_a_person_names_each_answer_and_the_button(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft)
    address = url(draft, "people/p1")
    stale = shown(here, address)
    add_person(here, draft, age="16", roles=["received", "shared_on"], vulnerabilities=["send"])
    text = here.post(address, {**PERSON, "shown": stale, "age": "14"}).content.decode()
    assert re.findall(r"<li>(.*?)</li>", text[text.index("conflict-title") :])[:3] == [
        "How old the person was when it happened: 16",
        "What part the person had in what happened: "
        "Was sent or shown the image; Shared it on or showed it to others",
        "Whether anything makes the person more vulnerable: "
        "Special educational needs or a disability",
    ]
    button = re.search(r"Select “(.+?)” to save yours", text)
    assert button
    assert re.search(rf"<button [^>]*>{button[1]}</button>", text)
    assert "Continue" not in button[1]


def test_a_conflict_about_the_list_of_people_is_in_words(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, roles=["received"])
    stale = shown(here, url(draft, "people"))
    answer(here, draft, "people", people_listed="no_image")
    add_person(here, draft)
    text = here.post(url(draft, "people"), {"shown": stale}).content.decode()
    assert "<li>Who is involved: There is no image</li>" in text


def test_a_person_removed_in_another_window_is_a_conflict_that_says_so(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft)
    stale = shown(here, url(draft, "people/p1"))
    here.post(url(draft, "people/p1/remove"))
    response = here.post(url(draft, "people/p1"), {**PERSON, "shown": stale, "age": "14"})
    assert "<li>This person was taken off the list</li>" in response.content.decode()


def test_after_a_conflict_continue_saves_ones_own(here, draft):
    address = url(draft, "immediate-risk")
    second = shown(here, address)
    answer(here, draft, "immediate-risk", immediate_risk="yes")
    page = here.post(address, {"immediate_risk": "no", "shown": second})
    match = HIDDEN.search(page.content)
    again = here.post(address, {"immediate_risk": "no", "shown": (match[1] or match[2]).decode()})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert draft.answers["immediate_risk"] == "no"


def test_back_and_a_double_click_are_no_conflict(here, draft):
    address = url(draft, "immediate-risk")
    stale = shown(here, address)
    for _ in range(2):
        response = here.post(address, {"immediate_risk": "yes", "shown": stale})
        assert response.status_code == 302


def test_another_page_saved_meanwhile_is_no_conflict(here, draft):
    fill(here, draft)
    stale = shown(here, url(draft, "feelings"))
    answer(here, draft, "criminal", criminal_consequences="police_involved")
    posted = {"emotional_impact": "severe", "shown": stale}
    assert here.post(url(draft, "feelings"), posted).status_code == 302


# --- discarding ---------------------------------------------------------------------------------


def test_discarding_needs_a_reason_and_stays_readable_for_the_lead(here, draft, dsl, client):
    answer(here, draft, "immediate-risk", immediate_risk="yes")
    assert here.post(url(draft, "discard"), {"reason": "  "}).status_code == 422
    here.post(url(draft, "discard"), {"reason": "Started twice"})
    draft.refresh_from_db()
    assert draft.discarded_at is not None
    client.force_login(dsl)
    page = client.get(url(draft, "read")).content.decode()
    assert "Started twice" in page
    assert "Immediate risk of harm" in page


def test_a_late_click_on_a_discarded_draft_says_so(here, draft):
    stale = shown(here, url(draft, "immediate-risk"))
    here.post(url(draft, "discard"), {"reason": "Started twice"})
    response = here.post(url(draft, "immediate-risk"), {"immediate_risk": "no", "shown": stale})
    assert response.status_code == 409
    assert "This triage was discarded" in response.content.decode()


# --- an expired session -------------------------------------------------------------------------


def test_after_signing_in_again_the_page_is_there_and_nothing_typed_was_stored(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    here.logout()
    address = url(draft, "people/p1")
    response = here.post(address, {"ref": "A secret"})
    assert response.status_code == 302
    assert response.url == f"/sign-in/?next={address}%3Fagain%3D1"
    assert not any("secret" in str(session) for session in Session.objects.values())
