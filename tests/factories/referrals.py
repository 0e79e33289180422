"""Cases for tests, made the way the product makes them: from a draft that is submitted."""

from typing import Any

from accounts.models import User
from referrals.actions.submission import submit
from referrals.models import Case
from triage.actions import start_draft

PERSON = {
    "id": "p1",
    "ref": "A",
    "age": 15,
    "roles": ["pictured", "made_image"],
    "vulnerabilities": [],
    "agency_involvement": "none",
}
# Complete answers of an incident that is "Experimental: Romantic".
ANSWERS: dict[str, Any] = {
    "immediate_risk": "no",
    "people": [PERSON],
    "people_listed": "yes",
    "repeat_incident": "no",
    "image_kind": "real",
    "audience": "pair",
    "services": ["An app"],
    "still_accessible": "no",
    "relationship": "partners",
    "recipient_wanted": "yes",
    "willing_making": "yes",
    "making_motive": "romantic",
    "willing_sharing": "yes",
    "onward_motive": "not_shared_on",
    "pressure": [],
    "adult_contact": "no",
    "capacity_concern": "no",
    "extreme_content": "no",
    "emotional_impact": "some",
    "criminal_consequences": "possible",
    "long_term_impact": [],
    "notes": "",
}
EMERGENCY = {"immediate_risk": "yes"}
REFER_NOW = {"pressure": ["threats"]}


def make_case(by: User, **answers: Any) -> Case:
    """A case of these answers, the rest as in ANSWERS. Needs the guidance published."""
    draft = start_draft(by=by)
    draft.put({**ANSWERS, **answers})
    draft.save(update_fields=["answers"])
    return submit(draft=draft, by=by)
