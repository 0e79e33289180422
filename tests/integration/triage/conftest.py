"""A signed-in practitioner, and a draft just started."""

import pytest

from tests.integration.triage.steps import start
from triage.models import Draft


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


@pytest.fixture
def draft(here) -> Draft:
    return start(here)
