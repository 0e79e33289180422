"""Every address that takes a POST, by somebody who may post there, with the form it shows."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import resolve_url
from django.urls import resolve

from referrals.records import BY_SLUG
from tests.hostile.html import Form, Page
from tests.hostile.states import COMES, Instead, cases, half_way
from tests.sweeps.urlconf import Address, addresses
from tests.sweeps.world import OWN, Client, World, undone
from triage.model.route import PAGES

# In the order in which they are tried: the first who may, posts.
INSIDERS = ("dsl", "owner", "manager", "operator", "editor", "anonymous")
# Where one address has many forms: what stands for a part of it.
FURTHER: Instead = {
    "triage_step": [{"step": page.name} for page in PAGES],
    "record": [{"slug": slug} for slug in BY_SLUG],
}


@dataclass(frozen=True)
class Place:
    """A page, and somebody who may read it."""

    client: Client
    path: str


@dataclass(frozen=True)
class Target:
    """Where to post, who posts, and the form that the page there shows (none: a mere button)."""

    name: str
    path: str
    who: str
    client: Client
    form: Form


class Site:
    """`targets`: one for each address, and for each form of an address that has many.

    `pages`: each address that can be read. `queries`: what they understand after a "?".
    """

    def __init__(self, world: World) -> None:
        found: dict[str, Target] = {}
        self.pages: list[Place] = []
        self.queries = {"next", "again", "page"}
        self.clients = {**world.clients, **half_way(world)}
        further = {**FURTHER, **cases(world)}
        for address in addresses():
            for path in paths(world, address, further.get(address.name, [{}])):
                for one in self._first_who_may(address, path):
                    if one.path not in found or one.form.offered:
                        found[one.path] = one
        self.targets = list(found.values())

    def _first_who_may(self, address: Address, path: str) -> list[Target]:
        """What can be posted there, or from the page there, by the first who is let in."""
        let_in = []
        for who in (*filter(None, [COMES.get(address.name)]), *INSIDERS):
            client = self.clients[who]
            answer = ask(client, "GET", path)
            if answer.status_code == 200:
                return self._of_page(client, path, who, answer)
            if answer.status_code not in (403, 404) and not is_sent_away(answer):
                let_in.append(who)
        buttons = (who for who in let_in if takes_a_post(self.clients[who], path))
        return [
            target(Form([path], "post"), path, who, self.clients[who]) for who in islice(buttons, 1)
        ]

    def _of_page(self, client: Client, path: str, who: str, answer: Any) -> list[Target]:
        posts = [form for form in self._read(client, path, answer) if form.method == "post"]
        if not any("" in form.actions or path in form.actions for form in posts):
            posts += [Form([path], "post")] * takes_a_post(client, path)
        return [target(f, action or path, who, client) for f in posts for action in f.actions]

    def _read(self, client: Client, path: str, answer: Any) -> list[Form]:
        page = Page(answer.content.decode())
        self.pages.append(Place(client, path))
        self.queries |= page.queries
        return page.forms


def target(form: Form, action: str, who: str, client: Client) -> Target:
    path = action.partition("#")[0]
    return Target(resolve(path.partition("?")[0]).view_name, path, who, client, form)


def paths(world: World, address: Address, instead: list[dict[str, Any]]) -> list[str]:
    """Of what is there in our own organisation; `instead` of some of it, what else there is."""
    known = {**world.own.arguments, **world.own.special.get(address.name, {})}
    unknown = {part: 1 for part in address.parts if part not in known}
    return [world.path(address, OWN, **unknown, **given) for given in instead]


def is_sent_away(answer: Any) -> bool:
    return bool(answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL)))


def takes_a_post(client: Client, path: str) -> bool:
    answer = ask(client, "POST", path)
    return answer.status_code not in (403, 404, 405) and not is_sent_away(answer)


def ask(client: Client, method: str, path: str, body: bytes = b"") -> Any:
    """One answer; nothing that it changes is kept."""
    with undone():
        return asked(client, method, path, body)


def asked(client: Any, method: str, path: str, body: bytes | str = b"", **extra: Any) -> Any:
    """One answer, over HTTPS. The limits on signing in begin anew: they are not what is tried."""
    cache.clear()
    kind = "application/x-www-form-urlencoded" if method == "POST" else ""
    return client.generic(method, path, body, kind, secure=True, **extra)
