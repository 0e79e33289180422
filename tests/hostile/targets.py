"""Every address that takes a POST, by somebody who may post there, with the form it shows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.shortcuts import resolve_url
from django.urls import resolve

from referrals.records import BY_SLUG
from tests.hostile.html import Form, Page
from tests.sweeps.urlconf import Address, addresses
from tests.sweeps.world import OWN, Client, World, undone
from triage.model.route import PAGES

# In the order in which they are tried: the first who may, posts.
INSIDERS = ("dsl", "owner", "manager", "operator", "editor", "anonymous")
# Where one address has many forms: what else stands for a part of it.
FURTHER: dict[str, list[Any]] = {
    "step": [page.name for page in PAGES],
    "slug": list(BY_SLUG),
}


@dataclass(frozen=True)
class Target:
    """Where to post, who posts, and the form that the page there shows (none: a mere button)."""

    name: str
    path: str
    who: str
    client: Client
    form: Form


def targets(world: World) -> list[Target]:
    """One for each address, and for each form of an address that has many."""
    found: dict[str, Target] = {}
    for address in addresses():
        for path in paths(world, address):
            for one in first_who_may(world, address, path):
                found.setdefault(one.path, one)
    return list(found.values())


def first_who_may(world: World, address: Address, path: str) -> list[Target]:
    """What can be posted there, or from the page there, by the first who is let in."""
    for who in INSIDERS:
        client = world.clients[who]
        page = ask(client, "GET", path)
        if page.status_code in (403, 404) or is_sent_away(page):
            continue
        forms = Page(page.content.decode()).forms if page.status_code == 200 else []
        posts = [form for form in forms if form.method == "post"]
        if not any((form.action or path) == path for form in posts) and takes_a_post(client, path):
            posts.append(Form(path, "post"))
        return [target(form, path, who, client) for form in posts]
    return []


def target(form: Form, path: str, who: str, client: Client) -> Target:
    posted_to = (form.action or path).partition("#")[0]
    return Target(resolve(posted_to.partition("?")[0]).view_name, posted_to, who, client, form)


def paths(world: World, address: Address) -> list[str]:
    """Of what is there in our own organisation."""
    known = {**world.own.arguments, **world.own.special.get(address.name, {})}
    unknown = {part: 1 for part in address.parts if part not in known}
    instead = [{part: value} for part in address.parts for value in FURTHER.get(part, [])]
    return [world.path(address, OWN, **unknown, **given) for given in instead or [{}]]


def is_sent_away(answer: Any) -> bool:
    return bool(answer.headers.get("Location", "").startswith(resolve_url(settings.LOGIN_URL)))


def takes_a_post(client: Client, path: str) -> bool:
    answer = ask(client, "POST", path)
    return answer.status_code not in (403, 404, 405) and not is_sent_away(answer)


def ask(client: Client, method: str, path: str, body: bytes = b"") -> Any:
    """One answer; nothing that it changes is kept."""
    with undone():
        return asked(client, method, path, body)


def asked(client: Client, method: str, path: str, body: bytes = b"", **extra: Any) -> Any:
    """One answer, over HTTPS. The limits on signing in begin anew: they are not what is tried."""
    cache.clear()
    kind = "application/x-www-form-urlencoded" if method == "POST" else ""
    return client.generic(method, path, body, kind, secure=True, **extra)
