"""Whoever may give roles may see cases, if nobody notices. So the leads are told."""

import pytest

from accounts import actions, invitations, people
from accounts.roles import Role
from audit.recorder import SYSTEM
from tests.factories.accounts import UserFactory
from tests.outbox import bodies, everything_written, told

pytestmark = pytest.mark.django_db
SUBJECT = "Somebody new can see cases"


@pytest.fixture
def manager(school):
    return UserFactory(organisation=school, roles=[Role.MANAGER])


@pytest.fixture
def deputy(school):
    return UserFactory(organisation=school, roles=[Role.DEPUTY])


def test_a_manager_who_becomes_a_lead_is_told_to_the_leads(
    manager, dsl, deputy, practitioner, strange_dsl
):
    people.set_roles(user=manager, roles=[Role.MANAGER, Role.DSL], by=manager)
    assert told(dsl) == told(deputy) == [SUBJECT]
    assert "the role “Designated safeguarding lead”" in bodies(dsl)
    assert told(manager) == told(practitioner) == told(strange_dsl) == []


def test_a_lead_who_is_invited_is_told_before_they_come(manager, dsl, school, settings):
    settings.EMAIL_HOST = ""
    invitations.invite(
        email="made-up@elsewhere.example",
        name="Unusual Name",
        roles=[Role.DEPUTY],
        organisation=school,
        by=manager,
    )
    assert told(dsl) == [SUBJECT]
    for private in ("unusual", "made-up", "elsewhere"):
        assert private not in everything_written()


def test_other_roles_and_the_same_again_are_not_told(manager, dsl, practitioner):
    people.set_roles(user=practitioner, roles=[Role.PRACTITIONER, Role.MANAGER], by=manager)
    people.set_roles(user=dsl, roles=[Role.DSL, Role.PRACTITIONER], by=manager)
    assert told(dsl) == []


def test_taken_and_given_again_it_is_told_again(manager, dsl, deputy):
    for roles in ([Role.PRACTITIONER], [Role.DEPUTY]):
        people.set_roles(user=deputy, roles=roles, by=manager)
    assert told(dsl) == [SUBJECT]


def test_an_account_of_a_lead_that_is_opened_again_is_told_each_time(
    manager, dsl, deputy, practitioner
):
    """Else somebody who left long ago is the way to see cases that nobody notices."""
    for times in (1, 2):
        for person in (deputy, practitioner):
            people.reactivate(user=people.deactivate(user=person, by=manager), by=manager)
        assert told(dsl) == [SUBJECT] * times
    assert "account with the role “Deputy safeguarding lead” was opened again" in bodies(dsl)
    assert told(deputy) == told(practitioner) == []


def test_what_a_command_sets_up_is_told_to_nobody(dsl, practitioner):
    actions.grant_role(user=practitioner, role=Role.DEPUTY, by=SYSTEM)
    assert told(dsl) == []
