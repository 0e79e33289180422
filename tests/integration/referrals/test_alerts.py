"""Who is told by e-mail about a case, once, and with nothing personal in it."""

import pytest

from outbox.models import Message
from referrals import alerts
from referrals.actions import deciding, planning
from referrals.actions.submission import submit
from referrals.chronology import last_number
from referrals.models import Case, Event
from tests.factories.referrals import EMERGENCY, PERSON, make_case
from tests.outbox import bodies, everything_written, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(guidance, practitioner, dsl) -> Case:
    """A case, with the message about it gone."""
    made = make_case(practitioner)
    Message.objects.all().delete()
    return made


def assign(case, to, by):
    return deciding.assign(case=case, to=to, seen=last_number(case), by=by)


def give_step(case, to, by, **changes):
    values = {"progress": "to_do", "reason": "", "due": None, **changes}
    step = case.recommendations.first()
    return planning.change_step(
        case=case, step=step, responsible=to, seen=last_number(case), by=by, **values
    )


def restrict(case, named, by):
    return deciding.restrict(
        case=case, named=named, reason="About staff", seen=last_number(case), by=by
    )


# --- a new case ---------------------------------------------------------------------------------


def test_the_leads_are_told_of_a_new_case(
    guidance, practitioner, dsl, second_dsl, deputy, strange_dsl
):
    case = make_case(practitioner, **EMERGENCY)
    for lead in (dsl, second_dsl):
        assert told(lead) == [f"New case {case.reference}"]
        assert "{site}" + f"/cases/{case.reference}/\n" in bodies(lead)
        assert "Response: Emergency" in bodies(lead)
    assert Message.objects.exclude(to__in=[dsl, second_dsl]).count() == 0


def test_submitting_again_tells_nobody_again(guidance, practitioner, dsl):
    case = make_case(practitioner)
    submit(draft=case.draft, by=practitioner)
    assert len(told(dsl)) == 1


def test_the_only_lead_s_own_case_is_told_to_the_deputies(guidance, dsl, deputy):
    case = make_case(dsl)
    assert told(deputy) == [f"New case {case.reference}"]
    assert told(dsl) == []


def test_a_second_lead_is_told_of_the_first_one_s_case(guidance, dsl, second_dsl, deputy):
    make_case(dsl)
    assert len(told(second_dsl)) == 1
    assert told(dsl) == told(deputy) == []


def test_with_no_lead_left_the_deputies_are_told(guidance, practitioner, dsl, deputy):
    dsl.is_active = False
    dsl.save()
    make_case(practitioner)
    assert told(dsl) == []
    assert len(told(deputy)) == 1


# --- whoever is given something -----------------------------------------------------------------


def test_whoever_a_case_is_assigned_to_is_told_and_given_a_link_to_the_case(case, dsl, deputy):
    assign(case, deputy, dsl)
    assert told(deputy) == [f"Case {case.reference}"]
    assert f"/cases/{case.reference}/\n" in bodies(deputy)
    assert told(dsl) == []


def test_each_assignment_is_told(case, dsl, deputy):
    assign(case, deputy, dsl)
    assign(case, dsl, dsl)
    assign(case, deputy, dsl)
    assert len(told(deputy)) == 2
    assert told(dsl) == [], "nobody is told what they did themselves"


def test_the_reporter_made_responsible_gets_a_link_that_opens(client, case, dsl, practitioner):
    give_step(case, practitioner, dsl)
    assert told(practitioner) == [f"Case {case.reference}"]
    path = f"/cases/{case.reference}/outcome/"
    assert "{site}" + f"{path}\n" in bodies(practitioner)
    client.force_login(practitioner)
    assert client.get(path).status_code == 200


def test_a_lead_made_responsible_gets_a_link_to_the_case(case, dsl, deputy):
    give_step(case, deputy, dsl)
    assert "{site}" + f"/cases/{case.reference}/\n" in bodies(deputy)


def test_a_step_that_changes_otherwise_is_not_told_again(case, dsl, deputy):
    give_step(case, deputy, dsl)
    give_step(case, deputy, dsl, reason="Rang twice")
    assert len(told(deputy)) == 1


def test_whoever_may_open_no_page_of_the_case_is_told_nothing(case, dsl, colleague):
    give_step(case, colleague, dsl)
    assert Message.objects.count() == 0


def test_a_step_of_a_restricted_case_is_not_told_to_its_reporter(case, dsl, practitioner):
    restrict(case, [dsl], dsl)
    give_step(case, practitioner, dsl)
    assert Message.objects.count() == 0


# --- more urgent than before --------------------------------------------------------------------


def test_a_case_that_became_more_urgent_is_told_to_the_leads_and_its_assignee(
    case, dsl, second_dsl, deputy
):
    Case.objects.update(assignee=deputy)
    case.refresh_from_db()
    event = Event.objects.get()
    alerts.more_urgent(case, event, by=dsl)
    alerts.more_urgent(case, event, by=dsl)
    for user in (second_dsl, deputy):
        assert told(user) == [f"Case {case.reference} is more urgent"]
    assert told(dsl) == []


# --- restricted ---------------------------------------------------------------------------------


def test_what_waits_is_taken_back_from_those_who_may_not_know_any_more(
    guidance, practitioner, dsl, second_dsl
):
    case, other = make_case(practitioner), make_case(practitioner)
    restrict(case, [dsl], dsl)
    assert told(dsl) == [f"New case {case.reference}", f"New case {other.reference}"]
    assert told(second_dsl) == [f"New case {other.reference}"]


# --- nothing personal ---------------------------------------------------------------------------


def test_no_message_holds_anything_personal(guidance, practitioner, dsl, second_dsl, deputy):
    person = {**PERSON, "ref": "Zebedee"}
    case = make_case(practitioner, people=[person], notes="Quicksilver", services=["Nimbus"])
    case = assign(case, deputy, dsl)
    give_step(case, practitioner, dsl, reason="Marmalade")
    planning.add_step(
        case=case,
        text="Ring Ottoline",
        responsible=deputy,
        due=None,
        seen=last_number(case),
        by=dsl,
    )
    alerts.more_urgent(case, case.events.get(kind="received"), by=dsl)
    kinds = set(Message.objects.values_list("subject", flat=True))
    assert len(kinds) == 3
    assert Message.objects.count() == 2 + 1 + 1 + 1 + 2
    text = everything_written()
    people = [practitioner, dsl, second_dsl, deputy]
    names = [user.name for user in people] + [user.email for user in people]
    typed = ["zebedee", "quicksilver", "nimbus", "marmalade", "ottoline"]
    for planted in [*names, *typed, case.organisation.name, "romantic", "15"]:
        assert planted.casefold() not in text
