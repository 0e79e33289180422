"""A restricted case that nobody named can open any more: it is said, and there is a way out."""

import logging
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.roles import Role
from audit.acts import Act
from audit.models import Entry
from referrals import unreachable
from referrals.entries import line_of
from referrals.models import Case, EventKind
from referrals.queries import leads_of, visible_cases
from referrals.unreachable import unreachable_cases
from referrals.watching import watch
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.referrals import make_case
from tests.integration.referrals.cases import act, at, fresh, newest
from tests.integration.referrals.lead import restrict

pytestmark = pytest.mark.django_db
SAID = "can open it any more"


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch):
    monkeypatch.setattr(unreachable, "_said", {})


@pytest.fixture
def case(guidance, practitioner, dsl, deputy) -> Case:
    """Restricted to the deputy."""
    return restrict(make_case(practitioner), [deputy], dsl)


def leave(user):
    user.is_active = False
    user.save()


def lose_role(user):
    user.roles_held.all().delete()


def move_away(user):
    user.organisation = OrganisationFactory()
    user.save()


@pytest.fixture(params=[leave, lose_role, move_away])
def lost(request, case, deputy) -> Case:
    """Restricted to nobody who can open it."""
    request.param(deputy)
    return case


def name(case, *people):
    leads = [word for person in people for word in ("--lead", getattr(person, "email", person))]
    call_command("name_leads", case.reference, *leads)


# Finding them, and saying so.


def test_they_are_found_and_no_others(lost, practitioner, dsl, second_dsl):
    make_case(practitioner)
    restrict(make_case(practitioner), [dsl], dsl)
    both = restrict(make_case(practitioner), [dsl, second_dsl], dsl)
    leave(second_dsl)
    assert list(unreachable_cases()) == [lost]
    for found in Case.objects.filter(restricted=True):
        assert (found in unreachable_cases()) is not leads_of(found).exists()
    leave(dsl)
    assert both in unreachable_cases()


def test_the_timer_says_it_by_reference_once_a_day(lost, practitioner, dsl, deputy, caplog):
    now = timezone.now()
    watch(now=now)
    watch(now=now)
    errors = [row for row in caplog.records if SAID in row.getMessage()]
    assert [row.levelno for row in errors] == [logging.ERROR]
    assert lost.reference in caplog.text
    for person in (practitioner, dsl, deputy):
        assert person.name not in caplog.text
        assert person.email not in caplog.text
    watch(now=now + timedelta(days=1))
    assert caplog.text.count(SAID) == 2


def test_nothing_is_said_of_one_that_can_be_opened(case, caplog):
    watch()
    assert SAID not in caplog.text


# The way out.


def test_leads_are_named_at_the_command_line(client, lost, dsl, second_dsl, capsys):
    assert not visible_cases(dsl).exists()
    name(lost, dsl)
    assert set(leads_of(lost)) == {dsl}
    client.force_login(dsl)
    assert client.get(at(lost)).status_code == 200
    assert not visible_cases(second_dsl).exists()
    out = capsys.readouterr().out
    assert lost.reference in out
    assert dsl.name not in out


def test_it_is_an_entry_and_on_record(lost, dsl, second_dsl):
    name(lost, f" {dsl.email.upper()} ", second_dsl)
    event = newest(lost)
    assert event.kind == EventKind.RESTRICTED
    assert event.entered_by is None
    words = {part.label: part.text for part in line_of(event).parts}
    assert {"Example Lead", "Example Second Lead"} <= set(words["Who may see it"].split(", "))
    assert words["Why"] == "Named at the command line, because nobody named could open it"
    row = Entry.objects.filter(action=Act.CASE_RESTRICTED).latest("sequence")
    assert (row.actor_id, row.object_id) == (None, str(lost.pk))


def test_it_is_no_back_door(case, dsl, deputy):
    with pytest.raises(CommandError, match="can still open"):
        name(case, dsl)
    assert set(fresh(case).named.all()) == {deputy}
    assert newest(case).entered_by == dsl


def test_a_case_that_is_not_restricted_needs_nobody(guidance, practitioner, dsl):
    case = make_case(practitioner)
    with pytest.raises(CommandError, match="is not restricted"):
        name(case, dsl)
    assert not fresh(case).named.exists()


@pytest.mark.parametrize("who", ["practitioner", "manager", "strange_dsl", "deputy", "unknown"])
def test_nobody_is_named_but_active_leads_of_the_organisation(
    request, case, school, dsl, deputy, who
):
    leave(deputy)
    made = {
        "manager": lambda: UserFactory(organisation=school, roles=[Role.MANAGER]),
        "unknown": lambda: "nobody@school.example",
    }
    person = made[who]() if who in made else request.getfixturevalue(who)
    with pytest.raises(CommandError, match="active safeguarding lead or deputy"):
        name(case, dsl, person)
    assert set(fresh(case).named.all()) == {deputy}


def test_what_is_no_case_is_said_and_somebody_must_be_named(lost, dsl):
    with pytest.raises(CommandError, match="no case"):
        call_command("name_leads", "CCCCC-CCCCC", "--lead", dsl.email)
    with pytest.raises(CommandError, match="--lead"):
        call_command("name_leads", lost.reference)


# Before it comes to that.


def test_whoever_names_one_person_alone_is_warned_and_it_is_saved(
    client, guidance, practitioner, dsl, second_dsl
):
    case = make_case(practitioner)
    client.force_login(dsl)
    warning = "Only one person can open this case"
    assert warning not in client.get(at(case, "restrict/")).content.decode()
    response = act(client, case, "restrict/", named=[dsl.pk], reason="A colleague")
    assert fresh(case).restricted
    assert warning in client.get(response.url).content.decode()
    assert warning in client.get(at(case, "restrict/")).content.decode()
    response = act(client, case, "restrict/", named=[dsl.pk, second_dsl.pk], reason="Two now")
    assert warning not in client.get(response.url).content.decode()
    assert warning not in client.get(at(case, "restrict/")).content.decode()
