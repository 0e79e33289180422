"""A school whose people can sign in to a real server, and how much is to be tried."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from accounts.models import Organisation, User
from accounts.roles import Role
from tests.factories.accounts import UserFactory
from tests.faults.load import PASSWORD
from tests.integration.web.processes import prepare


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the server's own: its static files are collected."""
    return prepare(tmp_path_factory.mktemp("var"), "collectstatic --no-input", DEMO="yes")


@pytest.fixture
def kills() -> int:
    """How often the server is killed: a few times; `make stress` says how many."""
    return int(os.environ.get("STRESS_KILLS", "3"))


@pytest.fixture
def staff(school: Organisation, dsl: User) -> list[User]:
    """Four members of staff, and a safeguarding lead who is told."""
    made = [UserFactory(organisation=school, roles=[Role.PRACTITIONER]) for _ in range(4)]
    # As the server hashes it: the tests' own way is one that the server does not take.
    kept = PBKDF2PasswordHasher().encode(PASSWORD, "salt-of-the-tests")
    User.objects.filter(pk__in=[user.pk for user in made]).update(password=kept)
    return made
