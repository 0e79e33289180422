"""A lead changes the answers of a case: a new version beside the old one, and what follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from audit.acts import Act
from audit.models import Entry
from outbox.models import Message
from referrals.actions.deciding import agree, close, restrict
from referrals.actions.planning import change_step
from referrals.chronology import last_number
from referrals.models import Assessment, Case, EventKind, Status
from tests.factories.accounts import UserFactory
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.amending import WHY, amended, begin, change, save
from tests.integration.triage.steps import url
from triage.models import Draft

pytestmark = pytest.mark.django_db

B = {**PERSON, "id": "p2", "ref": "B", "age": "unknown", "roles": ["asked_for_image"]}


@pytest.fixture
def other_lead(school):
    return UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, here) -> Case:
    return make_case(practitioner, notes="“We both wanted to.”")


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def seen(case):
    return last_number(case)


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
    posted = {"reason": "  ", "seen": str(seen(case))}
    response = here.post(f"/cases/{case.reference}/amend/", posted)
    assert response.status_code == 422
    assert "Enter what is known differently now" in response.content.decode()
    assert not Draft.objects.exclude(amends="").exists()


def test_only_leads_of_the_organisation_can(here, case, practitioner, strange_dsl):
    for user in (practitioner, strange_dsl):
        here.force_login(user)
        for address in ("amend", "changes/1", "changes/2"):
            assert here.get(f"/cases/{case.reference}/{address}/").status_code == 404
        posted = {"reason": WHY, "seen": str(seen(case))}
        assert here.post(f"/cases/{case.reference}/amend/", posted).status_code == 404
    assert not Draft.objects.exclude(amends="").exists()


def test_a_second_one_on_the_same_version_leads_back_to_the_first(here, case, dsl, other_lead):
    draft = begin(here, case)
    posted = {"reason": "Again", "seen": str(seen(case))}
    here.post(f"/cases/{case.reference}/amend/", posted)
    assert Draft.objects.exclude(amends="").get() == draft
    here.force_login(other_lead)
    assert begin(here, case).owner == other_lead


def test_a_closed_case_is_reopened_first(here, case, dsl):
    agree(case=case, comment="", seen=seen(case), by=dsl)
    end = {"outcome": "supported_here", "summary": "Done", "review_on": timezone.localdate()}
    close(case=case, seen=seen(case), by=dsl, **end)
    posted = {"reason": WHY, "seen": str(seen(case))}
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


def test_home_lists_it_for_its_owner_alone(here, case, dsl, other_lead, practitioner):
    draft = begin(here, case)
    home = page(here, "/")
    assert "Answers you are changing" in home
    assert url(draft, "check") in home
    assert "Your unfinished triages" not in home
    for user in (other_lead, practitioner):
        here.force_login(user)
        home = page(here, "/")
        assert "Answers you are changing" not in home
        assert str(draft.pk) not in home
        assert here.get(url(draft, "check")).status_code == 404
        assert here.get(url(draft, "read")).status_code in (403, 404)


def test_discarding_leaves_the_case_as_it_is(here, case, other_lead):
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
    here.force_login(other_lead)
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


# --- saving --------------------------------------------------------------------------------------


def test_saving_makes_a_new_version_and_keeps_the_old_one(here, case, dsl, practitioner):
    old = Assessment.objects.values().get()
    found = amended(here, case)
    new = found.assessment
    assert Assessment.objects.values().get(version=1) == old
    assert (new.version, new.made_by, new.reason) == (2, dsl, WHY)
    assert new.answers["emotional_impact"] == "severe"
    assert found.first_assessment.answers["emotional_impact"] == "some"
    event = found.events.get(kind=EventKind.AMENDED)
    assert event.entered_by == dsl
    assert event.data == {"version": "2", "reason": WHY}
    assert Entry.objects.filter(action=Act.CASE_AMENDED, actor_id=dsl.pk).count() == 1


def test_the_case_follows(here, practitioner):
    case = make_case(practitioner, people=[PERSON, B], position_of_trust="unknown")
    assert case.classification == "undetermined"
    draft = begin(here, case)
    person = {"ref": "B", "age": "19", "roles": ["asked_for_image"], "vulnerabilities": ["none"]}
    change(here, draft, "people/p2", **person, agency_involvement="none")
    draft.refresh_from_db()
    # Nobody of 18 or over, she had said.
    assert here.get(url(draft, "check")).url == url(draft, "which-is-right")
    change_answer(draft, adult_contact="yes", position_of_trust="no")
    save(here, draft)
    found = Case.objects.get()
    assert found.classification == "adult_involved"
    assert found.response == "refer_now"
    assert found.first_assessment.classification == "undetermined"
    flags = set(found.flags.values_list("flag", flat=True))
    assert flags == set(found.assessment.result["flags"])
    assert flags != set(found.first_assessment.result["flags"])


def change_answer(draft, **values):
    """Straight into the copy, where walking the pages is not what is tested."""
    draft.refresh_from_db()
    draft.put({**draft.answers, **values})
    draft.save(update_fields=["answers"])


@pytest.mark.parametrize("reviewed", [False, True])
def test_it_is_to_be_reviewed_again(here, case, dsl, reviewed):
    if reviewed:
        agree(case=case, comment="", seen=seen(case), by=dsl)
    assert amended(here, case).status == Status.ACKNOWLEDGED


def test_progress_is_carried_over_and_what_went_is_kept(here, case, dsl):
    def step_of(key):
        return case.recommendations.get(assessment__version=1, key=key)

    for key, progress in (("do_not_view", "done"), ("inform_parents", "not_needed")):
        change_step(
            case=case,
            step=step_of(key),
            progress=progress,
            reason="They know",
            responsible=dsl,
            due=None,
            seen=seen(case),
            by=dsl,
        )
    draft = begin(here, case)
    change(here, draft, "immediate-risk", immediate_risk="yes")
    save(here, draft)
    now = {row.key: row for row in Case.objects.get().assessment.recommendations.all()}
    assert (now["do_not_view"].progress, now["do_not_view"].responsible) == ("done", dsl)
    assert "inform_parents" not in now
    assert "call_999" in now
    assert step_of("inform_parents").progress == "not_needed"
    text = page(here, f"/cases/{case.reference}/changes/2/")
    title = case.assessment.edition.content().item("next_step", "inform_parents").title
    went = text[text.index("No longer recommended") :]
    assert f"{title} (next step): not needed" in went
    assert "They know" in went


def test_saving_twice_saves_once(here, case):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    first, second = save(here, draft), save(here, draft, version=1)
    assert first.url == second.url == f"/cases/{case.reference}/changes/2/"
    assert Case.objects.get().assessments.count() == 2
    assert Case.objects.get().events.filter(kind=EventKind.AMENDED).count() == 1


def test_with_nothing_changed_nothing_is_saved(here, case):
    draft = begin(here, case)
    response = save(here, draft)
    assert response.status_code == 409
    assert "nothing was saved" in response.content.decode()
    draft.refresh_from_db()
    assert draft.is_open
    found = Case.objects.get()
    assert (found.assessments.count(), found.status) == (1, Status.NEW)


def test_a_get_saves_nothing(here, case):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    assert here.get(url(draft, "submit")).url == url(draft, "check")
    assert "Not saved yet" in page(here, url(draft, "check"))
    assert Case.objects.get().assessments.count() == 1


def test_closed_meanwhile(here, case, dsl):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    agree(case=case, comment="", seen=seen(case), by=dsl)
    end = {"outcome": "supported_here", "summary": "Done", "review_on": timezone.localdate()}
    close(case=case, seen=seen(case), by=dsl, **end)
    response = save(here, draft)
    assert response.status_code == 409
    assert "This case is closed. Reopen it first." in response.content.decode()
    draft.refresh_from_db()
    assert draft.answers["emotional_impact"] == "severe"
    found = Case.objects.get()
    assert (found.assessments.count(), found.status) == (1, Status.CLOSED)


def test_discarded_meanwhile(here, case):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    here.post(url(draft, "discard"), {"reason": "A mistake"})
    response = here.post(url(draft, "submit"), {"version": "1"}, follow=True)
    assert "This change was discarded" in response.content.decode()
    assert Case.objects.get().assessments.count() == 1


def test_restricted_meanwhile_it_is_gone_for_whoever_is_not_named(here, case, other_lead, dsl):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    restrict(case=case, named=[other_lead], reason="Staff", seen=seen(case), by=other_lead)
    assert here.post(url(draft, "submit"), {"version": "1"}).status_code == 404
    for address in ("check", "feelings", "people/p1", "discard", "read", "outcome"):
        assert here.get(url(draft, address)).status_code == 404, address
    home = page(here, "/")
    assert case.reference not in home
    assert str(draft.pk) not in home
    assert Case.objects.get().assessments.count() == 1


def test_restricted_meanwhile_whoever_is_named_goes_on(here, case, other_lead, dsl):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    restrict(case=case, named=[dsl], reason="Staff", seen=seen(case), by=dsl)
    first, second = save(here, draft), save(here, draft)
    assert first.url == second.url == f"/cases/{case.reference}/changes/2/"
    here.force_login(other_lead)
    assert here.get(first.url).status_code == 404


# --- somebody else was quicker --------------------------------------------------------------------


@pytest.fixture
def overtaken(here, case, dsl, other_lead) -> Draft:
    """A copy of version 1, changed, while the deputy saved version 2."""
    draft = begin(here, case)
    change(here, draft, "criminal", criminal_consequences="police_involved")
    here.force_login(other_lead)
    amended(here, case, "feelings", emotional_impact="severe")
    here.force_login(dsl)
    return draft


def test_who_is_overtaken_is_told_what_changed_and_keeps_what_she_typed(here, case, overtaken):
    response = save(here, overtaken)
    text = response.content.decode()
    assert response.status_code == 409
    assert "Not saved yet" in text
    assert "Example Deputy saved changed answers on" in text
    assert "Before: Some upset" in text
    assert "Now: Self-harm, or thoughts of suicide" in text
    assert "Yes, they are already involved" in text
    assert 'name="version" value="2"' in text
    assert Case.objects.get().assessments.count() == 2


def test_the_second_press_goes_through(here, case, overtaken):
    save(here, overtaken)
    assert save(here, overtaken).url == f"/cases/{case.reference}/changes/3/"
    found = Case.objects.get()
    assert found.assessment.version == 3
    assert found.assessment.answers["criminal_consequences"] == "police_involved"
    assert found.assessment.answers["emotional_impact"] == "some"
    text = page(here, f"/cases/{case.reference}/changes/3/")
    assert text.count("<strong>Before:</strong>") >= 2


@pytest.mark.parametrize("posted", [1, 0, 99999])
def test_a_double_click_is_no_second_press(here, overtaken, posted):
    """Both clicks come from the page that was opened before the other change."""
    save(here, overtaken)
    response = save(here, overtaken, version=posted)
    assert response.status_code == 409
    assert "Now: Self-harm, or thoughts of suicide" in response.content.decode()
    assert Case.objects.get().assessments.count() == 2


def test_having_been_told_she_can_change_her_copy_first(here, case, overtaken):
    save(here, overtaken)
    change(here, overtaken, "feelings", emotional_impact="severe")
    assert 'name="version" value="2"' in page(here, url(overtaken, "check"))
    save(here, overtaken)
    answers = Case.objects.get().assessment.answers
    assert answers["criminal_consequences"] == "police_involved"
    assert answers["emotional_impact"] == "severe"


# --- deadlines and alerts ------------------------------------------------------------------------


def test_more_urgent_is_due_sooner_and_is_told(here, case, dsl, other_lead):
    second = UserFactory(organisation=case.organisation, roles=[Role.DSL])
    Case.objects.update(assignee=other_lead, escalated_at=case.submitted_at)
    before = timezone.now()
    found = amended(here, case, "immediate-risk", immediate_risk="yes")
    assert found.review_due_at < case.review_due_at
    assert before < found.review_due_at <= timezone.now() + timedelta(minutes=15)
    assert found.escalated_at == case.submitted_at
    told = Message.objects.filter(subject=f"Case {case.reference} is more urgent")
    assert {message.to for message in told} == {second, other_lead}
    body = told.first().body
    assert "Emergency" in body
    assert f"/cases/{case.reference}/" in body


def test_a_sooner_deadline_stands(here, case):
    sooner = timezone.now() + timedelta(minutes=1)
    Case.objects.update(review_due_at=sooner)
    found = amended(here, case, "immediate-risk", immediate_risk="yes")
    assert found.review_due_at == sooner


def test_not_more_urgent_changes_no_deadline_and_tells_nobody(here, case, other_lead):
    found = amended(here, case, "services", services="Another", still_accessible="no")
    assert found.urgency == case.urgency
    assert found.review_due_at == case.review_due_at
    assert not Message.objects.filter(subject__contains="more urgent").exists()


def test_after_a_review_a_new_one_is_due_from_now(here, case, dsl):
    agree(case=case, comment="", seen=seen(case), by=dsl)
    Case.objects.update(review_due_at=timezone.now() - timedelta(days=9))
    found = amended(here, case, "criminal", criminal_consequences="police_involved")
    assert found.review_due_at > timezone.now()


def test_of_a_restricted_case_only_those_named_are_told(here, case, dsl, other_lead):
    outside = UserFactory(organisation=case.organisation, roles=[Role.DSL])
    restrict(case=case, named=[dsl, other_lead], reason="Staff", seen=seen(case), by=dsl)
    amended(here, case, "immediate-risk", immediate_risk="yes")
    told = Message.objects.filter(subject__contains="more urgent")
    assert {message.to for message in told} == {other_lead}
    assert outside not in {message.to for message in told}
