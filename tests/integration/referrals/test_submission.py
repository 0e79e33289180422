"""From a draft to a recorded case: once, whole, fixed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connections, transaction

from audit.acts import Act
from audit.models import Entry
from referrals.models import Assessment, Case, Recommendation
from tests.client import FormClient
from tests.integration.triage.steps import add_person, answer, fill, shown, start, url
from triage.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


@pytest.fixture
def complete(here) -> Draft:
    return fill(here, start(here))


def submit(client, draft):
    return client.post(url(draft, "submit"))


def test_submitting_records_a_case(here, complete, practitioner, guidance):
    response = submit(here, complete)
    case = Case.objects.get()
    assert response.url == f"/cases/{case.reference}/outcome/"
    assert case.organisation == practitioner.organisation
    assert case.submitted_by == practitioner
    assert case.notes == "“We both wanted to.”"
    assert not case.sent_early
    assessment = case.assessment
    assert assessment.version == 1
    assert assessment.edition == guidance
    assert assessment.answers["services"] == ["An app"]
    assert assessment.answers["people"][0] == {
        "ref": "A",
        "age": 15,
        "roles": ["pictured", "made_image"],
        "vulnerabilities": [],
        "agency_involvement": "none",
    }
    assert (assessment.result["category"], assessment.result["subtype"]) == (
        "experimental",
        "romantic",
    )


def test_what_is_recommended_becomes_a_row_each_with_a_status(here, complete):
    submit(here, complete)
    rows = Recommendation.objects.filter(kind="next_step").values_list("key", "progress")
    assert list(rows)[:2] == [("do_not_view", "to_do"), ("talk_to_dsl", "to_do")]
    assert Recommendation.objects.filter(kind="procedure").count() == 6


def test_submitting_again_gives_the_same_case(here, complete):
    first, second = submit(here, complete), submit(here, complete)
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_sending_after_submitting_gives_the_same_case(here, complete):
    first = submit(here, complete)
    assert here.post(url(complete, "send/feelings"), {}).url == first.url
    assert Case.objects.count() == 1


def test_a_draft_with_an_open_question_cannot_be_submitted(here):
    draft = fill(here, start(here), stop="feelings")
    assert submit(here, draft).url == url(draft, "feelings")
    assert Case.objects.count() == 0


def test_a_draft_with_a_contradiction_cannot_be_submitted(here, complete):
    add_person(here, complete, "p2", ref="B", age="30", roles=["received"])
    assert submit(here, complete).url == url(complete, "which-is-right")
    assert Case.objects.count() == 0


def test_a_get_submits_nothing(here, complete):
    assert here.get(url(complete, "submit")).url == url(complete, "check")
    assert here.get(url(complete, "send/feelings")).url == url(complete, "feelings")
    assert Case.objects.count() == 0


def test_a_submitted_draft_takes_no_more_answers(here, complete):
    stale = shown(here, url(complete, "feelings"))
    submit(here, complete)
    posted = {"emotional_impact": "severe", "shown": stale}
    response = here.post(url(complete, "feelings"), posted)
    assert response.status_code == 409
    assert "This triage was sent already" in response.content.decode()
    complete.refresh_from_db()
    assert complete.answers["emotional_impact"] == "some"


def test_references_are_readable_and_not_in_order(here):
    references = set()
    for _ in range(5):
        submit(here, fill(here, start(here)))
    references = set(Case.objects.values_list("reference", flat=True))
    assert len(references) == 5
    assert all(len(ref) == 11 and ref[5] == "-" and ref.isupper() for ref in references)
    assert not any(letter in ref for ref in references for letter in "AEIOU01")


# --- fixed from then on -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda: Case.objects.update(notes="Something else"),
        lambda: Case.objects.update(reference="CHANGED"),
        lambda: Case.objects.update(submitted_at="2020-01-01T00:00Z"),
        lambda: Case.objects.all().delete(),
        lambda: Assessment.objects.update(result={}),
        lambda: Assessment.objects.update(answers={}),
        lambda: Assessment.objects.all().delete(),
        lambda: Recommendation.objects.update(key="another"),
        lambda: Recommendation.objects.all()._raw_delete("default"),
    ],
)
def test_the_database_itself_refuses_to_change_what_was_recorded(here, complete, change):
    submit(here, complete)
    before = Case.objects.values().get(), Assessment.objects.values().get()
    with pytest.raises(DatabaseError), transaction.atomic():
        change()
    assert (Case.objects.values().get(), Assessment.objects.values().get()) == before


def test_the_status_of_a_case_and_of_a_step_can_change(here, complete):
    submit(here, complete)
    assert Recommendation.objects.filter(key="talk_to_dsl").update(progress="done") == 1
    assert Case.objects.update(status="another") == 1


def test_starting_submitting_and_reading_are_audited(here, complete, dsl):
    submit(here, complete)
    case = Case.objects.get()
    here.get(f"/cases/{case.reference}/outcome/")
    here.force_login(dsl)
    here.get(f"/cases/{case.reference}/")
    acts = Entry.objects.filter(organisation_id=case.organisation_id)
    wanted = [
        (Act.DRAFT_STARTED, complete.owner_id),
        (Act.DRAFT_SUBMITTED, complete.owner_id),
        (Act.CASE_RECORDED, complete.owner_id),
        (Act.OUTCOME_READ, complete.owner_id),
        (Act.CASE_READ, dsl.pk),
    ]
    found = acts.order_by("sequence").values_list("action", "actor_id")
    assert [row for row in found if not row[0].startswith("sign")] == wanted


# --- what people paste ---------------------------------------------------------------------------


@pytest.mark.parametrize("ref", ["A\tB", "A\u0007B", "A \u2028 B", "A\r\nB"])
def test_a_reference_pasted_with_control_characters_becomes_one_line(here, ref):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, ref=ref)
    here.post(url(draft, "send/people"), {})
    assert Case.objects.get().assessment.answers["people"][0]["ref"] == "A B"


def test_names_of_apps_pasted_from_anywhere_are_fit_to_record(here, complete):
    names = "An\tapp\nunknown\nAn app\n\nAnother\u0000"
    answer(here, complete, "services", services=names.replace("\u0000", ""), still_accessible="no")
    submit(here, complete)
    assert Case.objects.get().assessment.answers["services"] == ["An app", "Another"]


def test_a_box_posted_twice_counts_once(here, complete):
    answer(here, complete, "pressure", pressure=["threats", "threats"])
    submit(here, complete)
    assert Case.objects.get().assessment.answers["pressure"] == ["threats"]


# --- many at once -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["submit", "send/feelings", "send/people/p1"])
def test_ten_concurrent_submissions_make_one_case(client, practitioner, guidance, address):
    """Ten real requests at once; each is answered with the one case."""
    client.force_login(practitioner)
    draft = fill(client, start(client))

    def submit_once(_):
        other = FormClient()
        other.cookies = client.cookies
        try:
            return other.post(url(draft, address), {"emotional_impact": "severe"})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(submit_once, range(10)))
    assert {response.status_code for response in answers} == {302}
    assert len({response.url for response in answers}) == 1
    assert "/outcome/" in answers[0].url
    assert Case.objects.count() == 1
    assert Recommendation.objects.filter(key="do_not_view").count() == 1
    assert Entry.objects.filter(action=Act.CASE_RECORDED).count() == 1
