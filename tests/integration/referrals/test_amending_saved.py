"""Saving changed answers: a new version beside the old one, once, whole, while it can be."""

import pytest
from django.utils import timezone

from audit.acts import Act
from audit.models import Entry
from referrals.actions.deciding import agree, close, restrict
from referrals.actions.planning import change_step
from referrals.chronology import last_number
from referrals.models import Assessment, Case, EventKind, Status
from tests.factories.referrals import PERSON, make_case
from tests.integration.referrals.amending import WHY, B, amended, begin, change, page, save
from tests.integration.triage.steps import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, here) -> Case:
    return make_case(practitioner, notes="“We both wanted to.”")


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
        agree(case=case, comment="", seen=last_number(case), by=dsl)
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
            seen=last_number(case),
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
    agree(case=case, comment="", seen=last_number(case), by=dsl)
    end = {"outcome": "supported_here", "summary": "Done", "review_on": timezone.localdate()}
    close(case=case, seen=last_number(case), by=dsl, **end)
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


def test_restricted_meanwhile_it_is_gone_for_whoever_is_not_named(here, case, deputy, dsl):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    restrict(case=case, named=[deputy], reason="Staff", seen=last_number(case), by=deputy)
    assert here.post(url(draft, "submit"), {"version": "1"}).status_code == 404
    for address in ("check", "feelings", "people/p1", "discard", "read", "outcome"):
        assert here.get(url(draft, address)).status_code == 404, address
    home = page(here, "/")
    assert case.reference not in home
    assert str(draft.pk) not in home
    assert Case.objects.get().assessments.count() == 1


def test_restricted_meanwhile_whoever_is_named_goes_on(here, case, deputy, dsl):
    draft = begin(here, case)
    change(here, draft, "feelings", emotional_impact="severe")
    restrict(case=case, named=[dsl], reason="Staff", seen=last_number(case), by=dsl)
    first, second = save(here, draft), save(here, draft)
    assert first.url == second.url == f"/cases/{case.reference}/changes/2/"
    here.force_login(deputy)
    assert here.get(first.url).status_code == 404
