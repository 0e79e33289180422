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
            time.sleep(random.uniform(0.3, 1.5))
            server.kill()
            server.start()
        wait_for_a_case_more(journal)
        stop.set()
        for person in people:
            person.join(60)
    assert_kept(journal)
    assert_whole()
    assert journal.acknowledged > 10 * kills
    assert Case.objects.count() >= len(journal.cases) > 0
    assert journal.unanswered > 0, "no request was under way at any kill"
    with capsys.disabled():
        print(f"\n{connection.vendor}: {kills} kills, {told(journal)}")


def wait_for_a_case_more(journal: Journal) -> None:
    """Work goes on after the last kill: from its start to its submission, one more case."""
    before, until = len(journal.cases), time.monotonic() + 30
    while len(journal.cases) == before and not journal.faults:
        assert time.monotonic() < until, "no work was done after the last kill"
        time.sleep(0.05)


def told(journal: Journal) -> str:
    return (
        f"{journal.acknowledged} steps and {len(journal.cases)} cases acknowledged, "
        f"{journal.unanswered} requests under way at a kill; nothing lost, no half case"
    )
