"""The wizard's pages, on a real database: stepping, saving, errors, formtools' traps."""

import pytest
from django.contrib.sessions.models import Session

from tests.integration.triage.steps import add_person, answer, fill, shown, start, url
from triage.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


@pytest.fixture
def draft(here) -> Draft:
    return start(here)


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


def test_someone_not_yet_identified_may_be_the_one(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, roles=["received"])
    here.post(url(draft, "people/unidentified"))
    here.post(url(draft, "people/unidentified"))  # a second click adds nobody
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


# --- answers that cannot both be right ----------------------------------------------------------


def test_no_adult_but_somebody_is_18_is_asked_about(here, draft):
    fill(here, draft, stop="adults")
    add_person(here, draft, "p2", ref="B", age="18", roles=["received"])
    draft.refresh_from_db()
    response = answer(here, draft, "adults", adult_contact="no")
    assert response.url == url(draft, "which-is-right")
    page = here.get(response.url).content.decode()
    assert "You said no adult was involved, but B is 18 or over." in page


def test_an_unknown_settles_it(here, draft):
    fill(here, draft, stop="adults")
    add_person(here, draft, "p2", ref="B", age="18", roles=["received"])
    answer(here, draft, "adults", adult_contact="no")
    response = here.post(url(draft, "which-is-right"), {"which": "unknown"})
    assert response.url == url(draft, "position-of-trust")
    draft.refresh_from_db()
    assert draft.answers["adult_contact"] == "unknown"


def test_choosing_a_side_leads_to_the_page_that_changes_it(here, draft):
    fill(here, draft, stop="adults")
    add_person(here, draft, "p2", ref="B", age="18", roles=["received"])
    answer(here, draft, "adults", adult_contact="no")
    address = url(draft, "which-is-right")
    assert here.post(address, {"which": "people[1]"}).url == url(draft, "people/p2")
    assert here.post(address, {"which": "adult_contact"}).url == url(draft, "adults")
    assert here.post(address, {"which": "people[9]"}).status_code == 422


def test_a_contradiction_stands_in_the_way_of_the_check(here, draft):
    fill(here, draft)
    add_person(here, draft, "p1", roles=["pictured", "pressured_others"])
    assert here.get(url(draft, "check")).url == url(draft, "which-is-right")


# --- formtools' traps (docs/decisions/0002) -----------------------------------------------------


def test_a_get_writes_nothing_the_session_included(here, draft, django_assert_num_queries):
    fill(here, draft, stop="audience")
    before = Session.objects.values().get()
    version = Draft.objects.values_list("version", "saved_at").get()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as queries:
        here.get(url(draft, "audience"))
    writes = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "PRAGMA"))]
    assert writes == []
    assert Session.objects.values().get() == before
    assert Draft.objects.values_list("version", "saved_at").get() == version


@pytest.mark.parametrize("step", ["no-such-step", "done", "summary", "audience", "notes"])
def test_a_step_that_is_unknown_or_not_yet_reached_is_a_redirect(here, draft, step):
    for response in (here.get(url(draft, step)), here.post(url(draft, step), {"audience": "kept"})):
        assert response.status_code == 302
        assert response.url == url(draft, "immediate-risk")
    draft.refresh_from_db()
    assert draft.answers == {}


def test_the_step_comes_from_the_address_not_from_a_posted_field(here, draft):
    prefix = f"{draft.pk}-current_step"
    response = here.post(
        url(draft, "immediate-risk"),
        {"immediate_risk": "no", "shown": "x", prefix: "audience", "wizard_goto_step": "audience"},
    )
    assert response.status_code in (302, 422)
    draft.refresh_from_db()
    assert "audience" not in draft.answers


def test_only_declared_fields_are_stored(here, draft):
    answer(
        here,
        draft,
        "immediate-risk",
        immediate_risk="no",
        audience="public",
        csrfmiddlewaretoken="junk",
        junk="x" * 1000,
    )
    draft.refresh_from_db()
    assert draft.answers == {"immediate_risk": "no"}


def test_field_names_are_the_answer_keys(here, draft):
    page = here.get(url(draft, "immediate-risk")).content.decode()
    assert 'name="immediate_risk"' in page


def test_done_is_never_reached_by_get(here, draft):
    fill(here, draft)
    assert here.get(url(draft, "done")).url == url(draft, "check")
    assert here.get(url(draft, "submit")).url == url(draft, "check")
    draft.refresh_from_db()
    assert draft.submitted_at is None


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
    assert "<li>Yes</li>" in text
    draft.refresh_from_db()
    assert draft.answers["immediate_risk"] == "yes"


def test_after_a_conflict_continue_saves_ones_own(here, draft):
    address = url(draft, "immediate-risk")
    second = shown(here, address)
    answer(here, draft, "immediate-risk", immediate_risk="yes")
    page = here.post(address, {"immediate_risk": "no", "shown": second})
    from tests.integration.triage.steps import HIDDEN

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
    assert response.url == f"/sign-in/?next={address}"
    assert not any("secret" in str(session) for session in Session.objects.values())
