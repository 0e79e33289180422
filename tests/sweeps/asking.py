"""Asking every address as everybody, and what came back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from tests.client import FORM
from tests.sweeps.secrets import STRANGER
from tests.sweeps.table import ASKED, OTHER, QUERIES, TABLE
from tests.sweeps.urlconf import Address, addresses
from tests.sweeps.world import World, undone


@dataclass(frozen=True)
class Answer:
    """`whose`: OWN, OTHER or RESTRICTED, the objects that the address was of."""

    name: str
    who: str
    whose: str
    method: str
    path: str
    status: int
    headers: dict[str, str]
    text: str

    def __str__(self) -> str:
        return f"{self.method} {self.name} of {self.whose} by {self.who}"


def answers(world: World) -> Iterator[Answer]:
    """Every address by everybody, of every setting whose objects it can name.

    Then by the other organisation's lead, of her own. Nothing that is done is kept.
    """
    for address in addresses():
        if address.name not in TABLE:
            continue  # which a test of its own says
        for whose in world.settings_of(address):
            for who in ASKED[whose]:
                client = world.clients[who]
                yield from _answers(world, client, address, who, whose)
        yield from _answers(world, world.stranger, address, STRANGER, OTHER)


def _answers(
    world: World, client: Client, address: Address, who: str, whose: str
) -> Iterator[Answer]:
    query = QUERIES.get(address.name, "")
    paths = world.paths(address, whose)
    asked = [("GET", path + query) for path in paths] + [("POST", paths[0])]
    for method, path in asked:
        response = ask(client, method, path)
        text = response.content.decode().lower()
        given = (response.status_code, dict(response.headers), text)
        yield Answer(address.name, who, whose, method, path, *given)


def ask(client: Client, method: str, path: str, data: str | bytes = "", **extra: Any) -> Any:
    """One answer over HTTPS; a body is a form's unless `content_type` says else.

    What it did is taken back, so limits on how often something may be asked count nothing.
    """
    extra.setdefault("content_type", FORM if method == "POST" else "")
    with undone():
        return client.generic(method, path, data, secure=True, **extra)
