"""What looks for losses finds them: else the kills would prove nothing."""

import pytest
from django.db import connection

from audit import guards
from audit.models import Entry
from outbox.models import Message
from tests.factories.referrals import make_case
from tests.faults.kept import assert_kept, assert_whole
from tests.faults.load import Journal
from triage.actions import start_draft
from triage.models import Draft

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def case(guidance, practitioner, dsl):
    return make_case(practitioner)


@pytest.fixture
def unguarded(db):
    guards.drop(connection)
    yield
    guards.install(connection)


def test_a_whole_case_is_found_whole(case):
    assert_whole()
    assert_kept(Journal(cases={str(case.draft_id): case.reference}))


def test_a_lost_answer_is_found(guidance, practitioner):
    draft = start_draft(by=practitioner)
    saved = {"immediate-risk": {"immediate_risk": "no"}}
    with pytest.raises(AssertionError):
        assert_kept(Journal(steps={str(draft.pk): saved}))


def test_a_lost_person_is_found(guidance, practitioner):
    draft = start_draft(by=practitioner)
    with pytest.raises(AssertionError):
        assert_kept(Journal(steps={str(draft.pk): {"people/p1": {"ref": "A"}}}))


def test_a_lost_case_is_found(guidance, practitioner):
    draft = start_draft(by=practitioner)
    with pytest.raises(KeyError):
        assert_kept(Journal(cases={str(draft.pk): "AAAAA-AAAAA"}))


def test_what_went_wrong_for_a_person_is_told():
    with pytest.raises(AssertionError, match="500 from"):
        assert_kept(Journal(faults=["500 from /x/"]))


def halves(case):
    Draft.objects.filter(pk=case.draft_id).update(submitted_at=None)


def without_advice(case):
    case.recommendations.all().delete()


def untold(case):
    Message.objects.all().delete()


def without_a_trail(case):
    Entry.objects.filter(action="case.recorded").delete()


def without_a_beginning(case):
    case.events.all().delete()


@pytest.mark.parametrize(
    "harm", [halves, without_advice, untold, without_a_trail, without_a_beginning]
)
def test_half_a_case_is_found(case, unguarded, harm):
    harm(case)
    with pytest.raises(AssertionError):
        assert_whole()
