"""Somebody to sign in, and limits that nobody used up before."""

import pytest
from django.core.cache import cache

from accounts.models import User
from accounts.roles import Role
from tests.factories.accounts import UserFactory


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def teacher(db: None) -> User:
    return UserFactory.create(name="Example Teacher", roles=[Role.PRACTITIONER])


@pytest.fixture
def lead(db: None) -> User:
    return UserFactory.create(name="Example Lead", roles=[Role.DSL, Role.PRACTITIONER])
