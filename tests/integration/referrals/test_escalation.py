"""What nobody acknowledged goes on to the deputies, once; and all that the timer raises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connections
from django.utils import timezone

from accounts.roles import Role
from audit.acts import Act
from audit.models import Entry
from outbox.models import Message
from referrals import watching
from referrals.actions import recording
from referrals.chronology import last_number
from referrals.entries import line_of
from referrals.models import Case, Event, EventKind, Status
from referrals.watching import watch
from tests.factories.accounts import UserFactory
from tests.factories.referrals import EMERGENCY, PERSON, REFER_NOW, make_case
from tests.integration.referrals.lead import (
    TODAY,
    YESTERDAY,
    acknowledge,
    agree,
    at,
    close,
    late,
    quiet,
    restrict,
    set_step,
    withhold,
)
from tests.outbox import bodies, everything_written, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(guidance, practitioner, dsl) -> Case:
    return quiet(make_case(practitioner))


@pytest.fixture
def emergency(guidance, practitioner, dsl) -> Case:
    return quiet(make_case(practitioner, **EMERGENCY))


@pytest.fixture
def reviewed(case, dsl) -> Case:
    return agree(case, dsl)


# --- escalation ---------------------------------------------------------------------------------


@pytest.mark.parametrize("answers", [EMERGENCY, REFER_NOW])
def test_what_nobody_acknowledged_goes_on_to_the_deputies_once(
    guidance, practitioner, dsl, deputy, answers
):
    case = quiet(make_case(practitioner, **answers))
    assert watch(now=case.review_due_at - timedelta(seconds=1)) == {}
    assert watch(now=late(case)) == {"escalated": 1, "reminded": 1}
    assert watch(now=late(case)) == {}
    assert told(deputy) == [f"Nobody has acknowledged case {case.reference}"]
    assert "{site}" + f"/cases/{case.reference}/\n" in bodies(deputy)
    case.refresh_from_db()
    assert case.escalated_at is not None
    assert case.status == Status.NEW
    event = case.events.get(kind=EventKind.ESCALATED)
    assert event.entered_by is None
    assert event.data == {"due": case.review_due_at.isoformat()}
    assert Entry.objects.filter(action=Act.CASE_ESCALATED, actor_id=None).count() == 1


def test_the_chronology_says_it_in_words(emergency, deputy):
    due = datetime.fromisoformat("2026-11-23T14:05:00+00:00")
    Case.objects.update(review_due_at=due)
    watch(now=due)
    line = line_of(Event.objects.get(kind=EventKind.ESCALATED))
    assert (line.title, line.by) == ("Sent on to the deputies", "The tool itself")
    assert [(part.label, part.text) for part in line.parts] == [
        ("It was to be reviewed by", "23 November 2026, 14:05")
    ]


def test_a_reference_that_looks_like_a_day_stays_as_it_was_typed(reviewed, dsl):
    data = {"agency": "police", "reference": "20270327", "facts": "2027-13-40"}
    event = recording.add_record(
        case=reviewed,
        kind=EventKind.REFERRAL,
        data=data,
        happened_at=timezone.now(),
        seen=last_number(reviewed),
        by=dsl,
    )
    assert {"20270327", "2027-13-40"} <= {part.text for part in line_of(event).parts}


def test_what_was_acknowledged_is_overdue_but_goes_on_to_nobody(emergency, dsl, deputy):
    acknowledge(emergency, dsl)
    assert watch(now=late(emergency)) == {"reminded": 1}
    assert told(deputy) == []


def test_lower_levels_go_on_to_nobody(case, deputy):
    assert watch(now=late(case)) == {"reminded": 1}
    assert told(deputy) == []


def test_nothing_is_written_of_deputies_where_there_are_none(emergency, school):
    assert watch(now=late(emergency)) == {"reminded": 1}
    emergency.refresh_from_db()
    assert emergency.escalated_at is None
    assert not emergency.events.filter(kind=EventKind.ESCALATED).exists()
    appointed = UserFactory(organisation=school, roles=[Role.DEPUTY])
    assert watch(now=late(emergency)) == {"escalated": 1}
    assert len(told(appointed)) == 1


# --- restricted ---------------------------------------------------------------------------------


def test_a_restricted_case_is_told_only_to_those_named(emergency, dsl, second_dsl, deputy, school):
    named_deputy = UserFactory(organisation=school, roles=[Role.DEPUTY])
    restrict(emergency, [dsl, named_deputy], dsl)
    assert watch(now=late(emergency)) == {"escalated": 1, "reminded": 1}
    assert told(dsl) == [f"Case {emergency.reference} is overdue"]
    assert told(named_deputy) == [f"Nobody has acknowledged case {emergency.reference}"]
    assert told(second_dsl) == told(deputy) == []


def test_with_no_deputy_named_a_restricted_case_goes_on_to_nobody(emergency, dsl, deputy):
    restrict(emergency, [dsl], dsl)
    watch(now=late(emergency))
    assert told(deputy) == []
    emergency.refresh_from_db()
    assert emergency.escalated_at is None


# --- nothing personal, nothing lost -------------------------------------------------------------


def test_no_reminder_holds_anything_personal(guidance, practitioner, dsl, deputy, school):
    person = {**PERSON, "ref": "Zebedee"}
    case = make_case(practitioner, people=[person], notes="Quicksilver", **EMERGENCY)
    closed = agree(make_case(practitioner, notes="Quicksilver"), dsl)
    close(closed, dsl, YESTERDAY)
    set_step(case, YESTERDAY, dsl, to=deputy)
    withhold(case, dsl, "p1", YESTERDAY)
    watch(now=max(late(case), at(TODAY)))
    subjects = set(Message.objects.values_list("subject", flat=True))
    references = [case.reference, closed.reference]
    for part in ("is overdue", "a step is overdue", "again", "acknowledged"):
        assert any(part in subject for subject in subjects), part
    text = everything_written()
    assert all(reference.casefold() in text for reference in references)
    people = [user.name for user in (practitioner, dsl, deputy)]
    typed = ["Zebedee", "Quicksilver", "Risk of harm", "parent", "Staff", "Tidied"]
    for planted in [*people, *typed, school.name, "@"]:
        assert planted.casefold() not in text


def test_one_case_that_cannot_be_watched_does_not_stop_the_others(
    guidance, practitioner, dsl, monkeypatch, caplog
):
    bad, good = quiet(make_case(practitioner)), quiet(make_case(practitioner))
    real = watching.remind

    def remind(*, case_id, now):
        if case_id == bad.pk:
            raise DatabaseError("Zebedee")
        return real(case_id=case_id, now=now)

    monkeypatch.setattr(watching, "remind", remind)
    assert watch(now=max(late(bad), late(good)))["reminded"] == 1
    assert told(dsl) == [f"Case {good.reference} is overdue"]
    assert f"case {bad.reference} could not be watched: DatabaseError" in caplog.text
    assert "Zebedee" not in caplog.text


def test_very_many_reminders_are_spread_over_rounds(guidance, practitioner, dsl, monkeypatch):
    cases = [quiet(make_case(practitioner)) for _ in range(3)]
    monkeypatch.setattr(watching, "MOST", 2)
    now = max(late(case) for case in cases)
    assert [watch(now=now)["reminded"] for _ in range(3)] == [2, 1, 0]
    assert len(told(dsl)) == 3


def test_a_database_that_fails_ends_the_round(case, monkeypatch):
    def gone(**kwargs):
        raise OperationalError

    monkeypatch.setattr(watching, "remind", gone)
    with pytest.raises(OperationalError):
        watch(now=late(case))


def test_a_round_with_nothing_new_writes_nothing(emergency, deputy, django_assert_max_num_queries):
    watch(now=late(emergency))
    with django_assert_max_num_queries(12) as queries:
        watch(now=late(emergency))
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)


def test_the_command_says_what_it_did(emergency, deputy, capsys):
    Case.objects.update(review_due_at=timezone.now())
    call_command("watch_cases")
    assert capsys.readouterr().out == "Sent on to deputies: 1. Reminded of: 1.\n"


@pytest.mark.django_db(transaction=True)
def test_four_timers_at_once_do_each_thing_once(guidance, practitioner, dsl, deputy):
    cases = [quiet(make_case(practitioner, **EMERGENCY)) for _ in range(4)]
    now = max(late(case) for case in cases)
    barrier = Barrier(4)

    def work(_):
        try:
            barrier.wait(timeout=30)
            return watch(now=now)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))
    assert sum(counts["escalated"] for counts in done) == 4
    assert Event.objects.filter(kind=EventKind.ESCALATED).count() == 4
    assert len(told(deputy)) == len(told(dsl)) == 4
