"""The server is killed under load, at random moments: what was acknowledged is there, and whole."""

import random
import threading
import time

import pytest
from django.db import connection

from referrals.models import Case
from tests.faults.kept import assert_kept, assert_whole
from tests.faults.load import Journal, Person
from tests.faults.server import Server

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_was_acknowledged_outlives_every_kill(var, guidance, staff, kills, capsys):
    journal, stop = Journal(), threading.Event()
    with Server(var) as server:
        people = [Person(server.site, user, journal, stop) for user in staff]
        for person in people:
            person.start()
        for _ in range(kills):
            wait_for_more(journal, "acknowledged")
            time.sleep(random.uniform(0, 1))
            server.kill()
            server.start()
        wait_for_more(journal, "finished")
        stop.set()
        for person in people:
            person.join(60)
    assert_kept(journal)
    assert_whole()
    assert journal.acknowledged > kills
    assert Case.objects.count() >= journal.finished > 0
    assert journal.unanswered > 0, "no request was under way at any kill"
    with capsys.disabled():
        print(f"\n{connection.vendor}: {kills} kills, {told(journal)}")


def wait_for_more(journal: Journal, what: str) -> None:
    """Until somebody got something done since the last kill: a step, or a whole triage."""
    before, until = getattr(journal, what), time.monotonic() + 60
    while getattr(journal, what) == before and not journal.faults:
        assert time.monotonic() < until, f"nothing {what} since the last kill"
        time.sleep(0.02)


def told(journal: Journal) -> str:
    return (
        f"{journal.acknowledged} steps and {len(journal.cases)} cases acknowledged, "
        f"{journal.unanswered} requests under way at a kill; nothing lost, no half case"
    )
