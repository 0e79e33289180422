"""What every test can use: the guidance, people of two organisations, a client that posts forms."""

import os

import pytest
from django.test import Client
from hypothesis import settings

from accounts.models import Organisation, User
from accounts.roles import Role
from guidance.models import Edition
from tests.client import FormClient
from tests.factories.accounts import ContactFactory, OrganisationFactory, UserFactory
from tests.factories.guidance import publish_shipped
from tests.flush import install_flush

# Playwright's loop makes Django think it runs inside async code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
install_flush()
# Hypothesis would fail an example that takes 200 ms: speed is for `make bench`, on a quiet machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture
def guidance(db: None) -> Edition:
    """The edition that ships, published."""
    return publish_shipped()


@pytest.fixture
def school(db: None) -> Organisation:
    organisation = OrganisationFactory(name="Example School")
    ContactFactory(organisation=organisation, name="Example Lead", telephone="01632 960001")
    return organisation


@pytest.fixture
def practitioner(school: Organisation) -> User:
    return UserFactory(name="Example Teacher", organisation=school, roles=[Role.PRACTITIONER])


@pytest.fixture
def colleague(school: Organisation) -> User:
    """Of the same organisation, and no safeguarding lead."""
    return UserFactory(name="Example Colleague", organisation=school, roles=[Role.PRACTITIONER])


@pytest.fixture
def dsl(school: Organisation) -> User:
    return UserFactory(name="Example Lead", organisation=school, roles=[Role.DSL])


@pytest.fixture
def stranger(db: None) -> User:
    """A practitioner of another organisation."""
    return UserFactory(name="Example Stranger", roles=[Role.PRACTITIONER])


@pytest.fixture
def strange_dsl(stranger: User) -> User:
    """The safeguarding lead of that other organisation."""
    return UserFactory(
        name="Example Strange Lead", organisation=stranger.organisation, roles=[Role.DSL]
    )


@pytest.fixture
def client() -> Client:
    return FormClient()
