"""The sweep through every address, done once for all tests that look at what was answered."""

import logging
from typing import Any

import pytest
from django.test import override_settings

from tests.sweeps.asking import Answer, answers
from tests.sweeps.refusing import refusals
from tests.sweeps.world import World, undone

# As in production, but for the demo's banner: the tests' settings are the demo's.
PRODUCTION = {
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
}


@pytest.fixture(scope="package")
def swept(django_db_setup: None, django_db_blocker: Any) -> "Swept":
    with django_db_blocker.unblock(), override_settings(**PRODUCTION), undone():
        logging.disable()  # thousands of refusals, each as long as its traceback
        try:
            world = World()
            return Swept(world.planted, list(answers(world)), list(refusals(world)))
        finally:
            logging.disable(logging.NOTSET)


class Swept:
    """What was planted in the world, every answer to a plain request, and to what is refused."""

    def __init__(
        self, planted: dict[str, dict[str, str]], answers: list[Answer], refusals: list[Answer]
    ) -> None:
        self.planted, self.answers, self.refusals = planted, answers, refusals
