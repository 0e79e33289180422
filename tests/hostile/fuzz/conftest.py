"""A world with everything in it that an address could ask for, made once and taken back."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.hostile.held import Failures
from tests.hostile.targets import Site
from tests.sweeps.world import World, undone


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        logging.disable()  # thousands of refusals
        yield World()
        logging.disable(logging.NOTSET)


@pytest.fixture(scope="package")
def site(world: World, django_db_blocker: Any) -> Site:
    with django_db_blocker.unblock():
        return Site(world)


@pytest.fixture(scope="package")
def failures() -> Failures:
    return Failures()


def how_many(short: int, share: int = 1) -> int:
    """How many bodies, or one for every `share` bodies: `make stress` says; else a few."""
    return max(short, int(os.environ.get("STRESS_BODIES", "0")) // share)
