"""The world in the database of a real server: made by a process of its own, and described."""

import json
import sys

from django.conf import settings

from accounts.models import User
from tests.sweeps.table import OWN
from tests.sweeps.urlconf import addresses
from tests.sweeps.world import World


def describe() -> None:
    """Makes the world and prints, as JSON, its addresses by name and the lead's session."""
    world = World()
    User.objects.update(is_demo=False)  # or production would refuse to start with them
    cookie = world.clients["dsl"].cookies[settings.SESSION_COOKIE_NAME].value
    paths = {address.name: world.path(address, OWN) for address in addresses()}
    json.dump({"cookie": cookie, "paths": paths}, sys.stdout)
