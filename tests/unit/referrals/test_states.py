"""The state machine: every step from every status."""

import pytest

from referrals.models import Case, Status
from referrals.states import STEPS, NotNow, can, move

LEADS_TO = {
    ("acknowledge", "new"): "acknowledged",
    ("review", "new"): "reviewed",
    ("review", "acknowledged"): "reviewed",
    ("review", "reviewed"): "reviewed",
    ("amend", "new"): "acknowledged",
    ("amend", "acknowledged"): "acknowledged",
    ("amend", "reviewed"): "acknowledged",
    ("work on", "new"): "new",
    ("work on", "acknowledged"): "acknowledged",
    ("work on", "reviewed"): "reviewed",
    ("close", "reviewed"): "closed",
    ("reopen", "closed"): "reviewed",
}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_where_each_step_leads_from_each_status(step, status):
    case = Case(status=status)
    if (step.name, status) in LEADS_TO:
        assert can(case, step)
        move(case, step)
        assert case.status == LEADS_TO[step.name, status]
    else:
        assert not can(case, step)
        with pytest.raises(NotNow, match=r"\.$"):
            move(case, step)
        assert case.status == status
