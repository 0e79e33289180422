"""By when a case must have been reviewed, in the local time of the setting."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from referrals.deadlines import DEFAULTS, due_at
from referrals.models import Within
from triage.model.catalogue import RESPONSES

LONDON = ZoneInfo("Europe/London")


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON)


def test_every_response_has_a_default():
    assert set(DEFAULTS) == set(RESPONSES)


@pytest.mark.parametrize(
    ("within", "since", "due"),
    [
        (Within.AT_ONCE, "2026-11-23 23:50", "2026-11-24 00:05"),
        (Within.ONE_HOUR, "2026-11-23 10:00", "2026-11-23 11:00"),
        (Within.SAME_DAY, "2026-11-23 00:00", "2026-11-24 00:00"),
        (Within.SAME_DAY, "2026-11-23 23:59", "2026-11-24 00:00"),
        (Within.SAME_DAY, "2026-11-21 12:00", "2026-11-22 00:00"),
        (Within.NEXT_WORKING_DAY, "2026-11-23 09:00", "2026-11-25 00:00"),
        (Within.NEXT_WORKING_DAY, "2026-11-20 09:00", "2026-11-24 00:00"),
        (Within.NEXT_WORKING_DAY, "2026-11-21 09:00", "2026-11-24 00:00"),
        (Within.FIVE_WORKING_DAYS, "2026-11-23 09:00", "2026-12-01 00:00"),
        # The clocks go forward in the night before 29 March 2026, and back before 25 October.
        (Within.NEXT_WORKING_DAY, "2026-03-27 09:00", "2026-03-31 00:00"),
        (Within.SAME_DAY, "2026-10-25 09:00", "2026-10-26 00:00"),
    ],
)
def test_due(within, since, due):
    assert due_at(within, at(since)) == at(due)
