"""A manager and an operator at their pages."""

import pytest

from accounts.invitations import invite
from accounts.models import User
from accounts.roles import Role
from audit.recorder import SYSTEM
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.integration.accounts.managing import client_of


@pytest.fixture
def manager(school) -> User:
    return UserFactory(name="Example Manager", organisation=school, roles=[Role.MANAGER])


@pytest.fixture
def here(manager) -> FormClient:
    """Where the manager is signed in."""
    return client_of(manager)


@pytest.fixture
def operator(db) -> User:
    return UserFactory(name="Example Operator", organisation=None, roles=[Role.OPERATOR])


@pytest.fixture
def desk(operator) -> FormClient:
    """Where the operator is."""
    return client_of(operator)


@pytest.fixture
def waiting(school) -> User:
    fields = {"organisation": school, "by": SYSTEM, "roles": [Role.DSL]}
    return invite(email="waits@school.example", name="Who Waits", **fields).user
