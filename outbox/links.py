"""Links that work once, filled in when a message is sent: the outbox never holds one.

Whoever reads the table, or a backup of it, could use a link before the person it is meant for. So
a message holds a place, such as `{link:invitation:17}`, and an app says how a link of its kind is
made from the rest. The same place must give the same link at each try: a message may arrive twice.
"""

import re
from collections.abc import Callable

# Gives the path of the link, or None where there is no such link any more.
Maker = Callable[[str], str | None]
PLACE = re.compile(r"\{link:([a-z_]+):([A-Za-z0-9_-]+)\}")
_makers: dict[str, Maker] = {}


class LinkIsOver(Exception):
    """The link of a message was used, withdrawn or ran out: there is nothing left to send."""


def register(kind: str, maker: Maker) -> None:
    """Call it from `AppConfig.ready`."""
    _makers[kind] = maker


def place(kind: str, key: object) -> str:
    """What stands in a message, as its path (see `outbox.text.letter`), until it is sent."""
    return f"{{link:{kind}:{key}}}"


def has_link(body: str) -> bool:
    return PLACE.search(body) is not None


def with_links(body: str) -> str:
    """The body with its links. Raises LinkIsOver."""
    return PLACE.sub(_made, body)


def _made(found: re.Match[str]) -> str:
    path = _makers[found[1]](found[2])
    if path is None:
        raise LinkIsOver
    return path
