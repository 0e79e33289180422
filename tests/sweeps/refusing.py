"""What every address answers to what it cannot take, and when it breaks."""

from collections.abc import Iterator
from typing import Any
from unittest import mock

from django.conf import settings
from django.test import Client as DjangoClient

from tests.client import FORM
from tests.sweeps.asking import Answer, ask
from tests.sweeps.table import OWN, TABLE
from tests.sweeps.urlconf import Address, addresses
from tests.sweeps.world import Client, World

SITE = "https://testserver"
ANY_SECRET = "x" * 32


def refusals(world: World) -> Iterator[Answer]:
    """Each by the safeguarding lead; its `method` says what kind of refusal it is."""
    for address in addresses():
        if address.name not in TABLE:
            continue  # which a test of its own says
        path = world.path(address, OWN)
        for kind, response in _refusals(world.clients["dsl"], address, path):
            text = response.content.decode().lower()
            given = (response.status_code, dict(response.headers), text)
            yield Answer(address.name, "dsl", OWN, kind, path, *given)


def _refusals(client: Client, address: Address, path: str) -> Iterator[tuple[str, Any]]:
    yield "an image", ask(client, "POST", path, b"x", content_type="image/png")
    yield "too large", _too_large(path)
    yield "another method", ask(client, "PUT", path)
    yield "another host", ask(client, "GET", path, headers={"host": "other.example"})
    yield "plain HTTP", client.generic("GET", path)
    with mock.patch.object(address.pattern, "callback", _breaks):
        yield "a fault", ask(client, "GET", path)


def _too_large(path: str) -> Any:
    """With the check of the token, which reads the body before any view does."""
    client = DjangoClient(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies[settings.CSRF_COOKIE_NAME] = ANY_SECRET
    body = f"csrfmiddlewaretoken={ANY_SECRET}&x=" + "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return ask(client, "POST", path, body, content_type=FORM, headers={"referer": SITE + "/"})


def _breaks(request: object, **kwargs: object) -> None:
    raise RuntimeError("broken on purpose")
