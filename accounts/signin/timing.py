"""How long somebody stays signed in: kept in the session, and counted by the server alone."""

import time
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

SINCE, SEEN = "signed_in_at", "seen_at"
# Opening a page is to write nothing, so the session is written this seldom.
WRITTEN_EVERY = 60


@dataclass(frozen=True)
class Limits:
    """When a session is over, in seconds since 1970."""

    idle: float
    longest: float

    @property
    def end(self) -> float:
        return min(self.idle, self.longest)

    @property
    def can_be_put_off(self) -> bool:
        return self.idle < self.longest


def begin(session: SessionBase) -> None:
    session[SINCE] = session[SEEN] = time.time()


def limits(session: SessionBase) -> Limits:
    """Of a session that does not say since when it is there: over long ago."""
    seen, since = session.get(SEEN, 0), session.get(SINCE, 0)
    return Limits(seen + settings.SIGNED_IN_IDLE, since + settings.SIGNED_IN_LONGEST)


def is_over(session: SessionBase) -> bool:
    return limits(session).end <= time.time()


def touch(session: SessionBase, *, now: bool = False) -> None:
    """Somebody is there. `now`: they said so, and are to be believed without delay."""
    if now or session.get(SEEN, 0) <= time.time() - WRITTEN_EVERY:
        session[SEEN] = time.time()
