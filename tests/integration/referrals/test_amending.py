"""A lead changes the answers of a case: a new version beside the old one, and what follows."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.roles import Role
from referrals.actions.deciding import agree, close
from referrals.actions.submission import send_now
from referrals.chronology import last_number
from referrals.models import Case, Status
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.amending import WHY, B, begin, change, page, save
from tests.integration.triage.steps import url
from triage.actions import start_draft
from triage.keep import PostedPage
from triage.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, here) -> Case:
    return make_case(practitioner, notes="“We both wanted to.”")


# --- opening a copy ------------------------------------------------------------------------------


def test_it_opens_on_check_your_answers_of_a_copy(here, case, dsl):
    draft = begin(here, case)
    response = here.get(f"/cases/{case.reference}/amend/")
    assert response.url == url(draft, "check")
    text = page(here, response.url)
    assert f"Changing the answers of case {case.reference}" in text
    assert WHY in text
    assert "Save the changed answers" in text
    assert (draft.owner, draft.amends, draft.amends_version) == (dsl, case.reference, 1)
    assert "We both wanted to" not in text
    assert draft.notes == ""
    assert draft.answers["people"] == case.draft.answers["people"]


def test_a_reason_is_required(here, case):
    posted = {"reason": "  ", "seen": str(last_number(case))}
    response = here.post(f"/cases/{case.reference}/amend/", posted)
    assert response.status_code == 422
    assert "Enter what is known differently now" in response.content.decode()
    assert not Draft.objects.exclude(amends="").exists()


def test_only_leads_of_the_organisation_can(here, case, practitioner, strange_dsl):
    for user in (practitioner, strange_dsl):
        here.force_login(user)
        for address in ("amend", "changes/1", "changes/2"):
            assert here.get(f"/cases/{case.reference}/{address}/").status_code == 404
        posted = {"reason": WHY, "seen": str(last_number(case))}
        assert here.post(f"/cases/{case.reference}/amend/", posted).status_code == 404
    assert not Draft.objects.exclude(amends="").exists()


def test_a_second_one_on_the_same_version_leads_back_to_the_first(here, case, dsl, deputy):
    draft = begin(here, case)
    posted = {"reason": WHY, "seen": str(last_number(case))}
    for _ in range(2):
        after = here.post(f"/cases/{case.reference}/amend/", posted, follow=True)
        assert after.redirect_chain[-1][0] == url(draft, "check")
    assert Draft.objects.exclude(amends="").get() == draft
    here.force_login(deputy)
    assert begin(here, case).owner == deputy


def test_a_second_reason_is_not_dropped_in_silence(here, case):
    """Two windows were open before the copy was begun in one of them."""
    draft = begin(here, case)
    posted = {"reason": "Something else.", "seen": str(last_number(case))}
    response = here.post(f"/cases/{case.reference}/amend/", posted)
    text = response.content.decode()
    assert response.status_code == 409
    assert "You have begun a copy already" in text
    assert f"“{WHY}”" in text
    assert "Something else.</textarea>" in text
    link = f'href="/cases/{case.reference}/amend/">Go on with that copy</a>'
    assert link in text
    assert here.get(f"/cases/{case.reference}/amend/").url == url(draft, "check")
    assert Draft.objects.exclude(amends="").get().amend_reason == WHY


def test_a_closed_case_is_reopened_first(here, case, dsl):
    agree(case=case, comment="", seen=last_number(case), by=dsl)
    end = {"outcome": "supported_here", "summary": "Done", "review_on": timezone.localdate()}
    close(case=case, seen=last_number(case), by=dsl, **end)
    posted = {"reason": WHY, "seen": str(last_number(case))}
    response = here.post(f"/cases/{case.reference}/amend/", posted)
    assert response.status_code == 409
    assert "This case is closed. Reopen it first." in response.content.decode()


# --- the wizard of an amendment ------------------------------------------------------------------

PAGES = ("immediate-risk", "people", "people/p1", "people/p1/remove", "notes", "check", "discard")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_whose_answers_these_are_and_sends_nothing(here, case, name):
    draft = begin(here, case)
    text = page(here, url(draft, name))
    assert f"Changing the answers of case {case.reference}" in text
    assert "Send to the safeguarding lead" not in text
    assert "/send/" not in text
    Draft.objects.filter(pk=draft.pk).update(amends="", amends_version=None, amend_reason="")
    assert "Changing the answers" not in page(here, url(draft, name))


@pytest.mark.parametrize("address", ["send/feelings", "send/people/p1", "send/discard"])
def test_sending_it_leads_back_and_sends_nothing(here, case, address):
    draft = begin(here, case)
    response = here.post(url(draft, address), {"emotional_impact": "severe"})
    assert response.url == url(draft, "check")
    draft.refresh_from_db()
    assert draft.is_open
    assert draft.answers["emotional_impact"] == "some"
    assert Case.objects.count() == 1
    assert "Nothing was sent" in page(here, url(draft, "check"))


def test_the_notes_are_for_this_change(here, case):
    draft = begin(here, case)
    text = page(here, url(draft, "notes"))
    assert "Notes on this change" in text
    assert "in the child" not in text
    change(here, draft, "notes", notes="Told by the college on Monday.")
    change(here, draft, "feelings", emotional_impact="severe")
    save(here, draft)
    found = Case.objects.get()
    assert found.assessment.notes == "Told by the college on Monday."
    assert found.notes == "“We both wanted to.”"
    assert "Told by the college" in page(here, f"/cases/{case.reference}/changes/2/")


def test_home_lists_it_for_its_owner_alone(here, case, dsl, deputy, practitioner):
    draft = begin(here, case)
    home = page(here, "/")
    assert "Answers you are changing" in home
    assert url(draft, "check") in home
    assert "Your unfinished triages" not in home
    for user in (deputy, practitioner):
        here.force_login(user)
        home = page(here, "/")
        assert "Answers you are changing" not in home
        assert str(draft.pk) not in home
        assert here.get(url(draft, "check")).status_code == 404
        assert here.get(url(draft, "read")).status_code in (403, 404)


def test_discarding_leaves_the_case_as_it_is(here, case, deputy):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    response = here.post(url(draft, "discard"), {"reason": "A mistake"})
    assert "The case stays as it is." in page(here, response.url)
    found = Case.objects.get()
    assert found.assessments.count() == 1
    assert found.status == Status.NEW
    response = here.get(url(draft, "check"))
    assert response.status_code == 409
    assert "This change was discarded" in response.content.decode()
    here.force_login(deputy)
    assert "A mistake" in page(here, url(draft, "read"))


def test_it_is_no_longer_hers_when_she_is_no_lead_any_more(here, case, dsl):
    draft = begin(here, case)
    dsl.roles_held.all().delete()
    dsl.roles_held.create(role=Role.PRACTITIONER)
    for address in ("check", "feelings", "discard", "read", "outcome"):
        assert here.get(url(draft, address)).status_code in (403, 404), address
    assert save(here, draft).status_code == 404


def test_a_question_that_a_change_brings_up_is_asked(here, practitioner):
    """The route settled "position of trust" while no adult could be involved: nobody said no."""
    case = make_case(practitioner, people=[PERSON, {**B, "age": 16}])
    draft = begin(here, case)
    response = change(here, draft, "adults", adult_contact="yes")
    assert response.url == url(draft, "position-of-trust")
    assert save(here, draft).url == url(draft, "position-of-trust")
    assert Case.objects.get().assessments.count() == 1


def test_a_case_that_was_sent_early_asks_for_what_nobody_said(here, practitioner):
    """Nobody was listed: the copy asks who is pictured, and keeps everything else as not known."""
    draft = start_draft(by=practitioner)
    draft.put({"immediate_risk": "yes"})
    draft.save(update_fields=["answers"])
    case, _ = send_now(draft=draft, posted=PostedPage("people", QueryDict()), by=practitioner)
    copy = begin(here, case)
    response = here.get(f"/cases/{case.reference}/amend/")
    assert response.url == url(copy, "people")
    person = {"ref": "A", "age": "15", "roles": ["pictured"], "vulnerabilities": ["none"]}
    change(here, copy, "people/nobody", **person, agency_involvement="none")
    assert change(here, copy, "people").url == url(copy, "check")
    assert save(here, copy).url == f"/cases/{case.reference}/changes/2/"
    found = Case.objects.get().assessment
    assert list(found.people) == ["nobody"]
    assert found.answers["people"][0]["ref"] == "A"
    assert found.answers["immediate_risk"] == "yes"
    assert found.answers["image_kind"] == "unknown"
    text = page(here, f"/cases/{case.reference}/changes/2/")
    assert "Changed: A" in text
