"""More safeguarding leads of the same school."""

import pytest

from accounts.models import Organisation, User
from accounts.roles import Role
from tests.factories.accounts import UserFactory


@pytest.fixture
def deputy(school: Organisation) -> User:
    return UserFactory(name="Example Deputy", organisation=school, roles=[Role.DEPUTY])


@pytest.fixture
def second_dsl(school: Organisation) -> User:
    return UserFactory(name="Example Second Lead", organisation=school, roles=[Role.DSL])
