"""An urgent answer in an open triage is told to the safeguarding leads at once."""

import pytest

from accounts.roles import Role
from outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.integration.triage.steps import add_person, answer, fill, start, url
from tests.outbox import bodies, everything_written, told
from triage.actions import copy_draft, fingerprint, save_answers
from triage.models import Draft

pytestmark = pytest.mark.django_db
SUBJECT = "Urgent answer in an unfinished triage"


@pytest.fixture
def deputy(school):
    return UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])


def at_risk(client, draft, value="yes"):
    return answer(client, draft, "immediate-risk", immediate_risk=value)


def save(draft, **values):
    """What a page of these questions stores."""
    draft.refresh_from_db()
    stored = {key: draft.answers[key] for key in values if key in draft.answers}
    shown = fingerprint(stored)
    save_answers(draft=draft, asked=tuple(values), values=values, shown=shown, by=draft.owner)


def test_the_leads_are_told_where_to_read_it(here, draft, dsl, deputy, strange_dsl, practitioner):
    at_risk(here, draft)
    assert told(dsl) == [SUBJECT]
    assert "{site}" + f"/triage/{draft.pk}/read/\n" in bodies(dsl)
    assert Message.objects.exclude(to=dsl).count() == 0


def test_the_link_opens_for_a_lead_and_for_nobody_else(here, draft, dsl, stranger):
    at_risk(here, draft)
    path = url(draft, "read")
    here.force_login(dsl)
    assert here.get(path).status_code == 200
    here.force_login(stranger)
    assert here.get(path).status_code == 404


def test_answers_that_are_not_urgent_are_not_told(here, draft, dsl):
    fill(here, draft)
    assert Message.objects.count() == 0


def test_each_kind_is_told_once(here, draft, dsl):
    at_risk(here, draft)
    at_risk(here, draft, "no")
    at_risk(here, draft)
    add_person(here, draft)
    assert told(dsl) == [SUBJECT]
    add_person(here, draft, "p2", ref="B", age="30", roles=["received"])
    assert told(dsl) == [SUBJECT] * 2, "an adult is another kind"
    save(draft, notes="More of it")
    assert told(dsl) == [SUBJECT] * 2, "nothing new"


def test_two_kinds_in_one_save_are_one_message_and_neither_is_told_again(here, draft, dsl):
    fill(here, draft, stop="adults")
    save(draft, adult_contact="yes", position_of_trust="yes")
    assert told(dsl) == [SUBJECT]
    save(draft, adult_contact="no", position_of_trust="no")
    save(draft, adult_contact="yes", position_of_trust="yes")
    assert told(dsl) == [SUBJECT]


def test_another_triage_is_told_anew(here, draft, dsl):
    at_risk(here, draft)
    at_risk(here, start(here))
    assert told(dsl) == [SUBJECT] * 2


def test_every_lead_is_told_but_the_one_who_answered(client, guidance, dsl, school, deputy):
    other = UserFactory(organisation=school, roles=[Role.DSL])
    client.force_login(dsl)
    at_risk(client, start(client))
    assert told(other) == [SUBJECT]
    assert told(dsl) == told(deputy) == []


def test_where_the_only_lead_answered_the_deputies_are_told(client, guidance, dsl, deputy):
    client.force_login(dsl)
    at_risk(client, start(client))
    assert told(deputy) == [SUBJECT]
    assert told(dsl) == []


def test_a_lead_who_left_is_not_told(here, draft, dsl, deputy):
    dsl.is_active = False
    dsl.save()
    at_risk(here, draft)
    assert told(deputy) == [SUBJECT]
    assert told(dsl) == []


@pytest.mark.parametrize("kind", [{"amends": "BCDFG-HJKLM"}, {"amends": "", "restricted": True}])
def test_changed_answers_and_restricted_ones_are_not_told(guidance, dsl, deputy, kind):
    made = {"amends": "", "version": None, "reason": "", "restricted": False, **kind}
    if kind["amends"]:
        made |= {"version": 1, "reason": "Her age became known"}
    draft = copy_draft(answers={}, edition=guidance, by=dsl, **made)
    save(draft, immediate_risk="yes")
    assert Draft.objects.get().answers["immediate_risk"] == "yes"
    assert Message.objects.count() == 0


def test_sent_on_at_once_it_is_told_once_as_a_case(here, draft, dsl):
    """The message about the draft has not gone yet: the one about the case says more."""
    at_risk(here, draft)
    here.post(url(draft, "send/people"), {})
    assert [subject.split()[0:2] for subject in told(dsl)] == [["New", "case"]]


def test_what_was_sent_already_stays_sent(here, draft, dsl):
    at_risk(here, draft)
    Message.objects.update(sent_at=draft.started_at)
    here.post(url(draft, "send/people"), {})
    assert len(told(dsl)) == 2


def test_nothing_of_the_answers_is_in_the_message(here, draft, dsl, practitioner, school):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, ref="Zebedee")
    save(draft, notes="Quicksilver")
    at_risk(here, draft)
    assert told(dsl) == [SUBJECT]
    text = everything_written()
    for planted in ("zebedee", "quicksilver", practitioner.name, dsl.name, school.name, "risk"):
        assert planted.casefold() not in text
