"""What every test can use: the guidance, people of two organisations, a client that posts forms."""

import gc
import os
from pathlib import Path

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
# A test makes much and drops it soon: looking for leftovers less often saves a tenth of the time.
gc.set_threshold(100_000, 20, 50)

# What `make test` runs on one database alone (marked `once`), for time: unit tests, sweeps and
# fuzzing of pages, processes and sign-in, whose reads and writes other tests do on both.
HERE = Path(__file__).parent
ONCE = (
    "unit",
    "sweeps",
    "hostile/fuzz",
    "integration/web",
    "integration/deploy",
    "integration/accounts/signin",
)
BOTH = ("test_health.py", "test_numbers.py", "test_log_names_nobody.py", "test_limits.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folders = [HERE / name for name in ONCE]
    for item in items:
        inside = any(item.path.is_relative_to(folder) for folder in folders)
        if inside and item.path.name not in BOTH:
            item.add_marker(pytest.mark.once)


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
