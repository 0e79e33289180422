"""Posting pages of the wizard as a browser does: read the page's hidden field, then post."""

import re
from typing import Any

from django.test import Client

from triage.models import Draft

PERSON = {
    "ref": "A",
    "age": "15",
    "roles": ["pictured", "made_image"],
    "vulnerabilities": ["none"],
    "agency_involvement": "none",
}
# Every page of a plain route, with answers that make the incident "Experimental: Romantic".
PAGES: dict[str, dict[str, Any]] = {
    "immediate-risk": {"immediate_risk": "no"},
    "people": {},
    "earlier-incidents": {"repeat_incident": "no"},
    "image": {"image_kind": "real"},
    "audience": {"audience": "pair"},
    "services": {"services": "An app", "still_accessible": "no"},
    "relationship": {"relationship": "partners", "recipient_wanted": "yes"},
    "making": {"willing_making": "yes", "making_motive": "romantic"},
    "sharing": {"willing_sharing": "yes", "onward_motive": "not_shared_on"},
    "pressure": {"pressure": ["none"]},
    "adults": {"adult_contact": "no"},
    "consent": {"capacity_concern": "no"},
    "content": {"extreme_content": "no"},
    "feelings": {"emotional_impact": "some"},
    "criminal": {"criminal_consequences": "possible"},
    "long-term": {"long_term_impact": ["none"]},
    "notes": {"notes": "“We both wanted to.”"},
}
HIDDEN = re.compile(rb'name="shown"[^>]*value="(\w*)"|value="(\w*)"[^>]*name="shown"')


def start(client: Client) -> Draft:
    before = set(Draft.objects.values_list("pk", flat=True))
    assert client.post("/triage/start/").status_code == 302
    return Draft.objects.exclude(pk__in=before).get()


def url(draft: Draft, page: str) -> str:
    return f"/triage/{draft.pk}/{page}/"


def shown(client: Client, address: str) -> str:
    """The fingerprint that the page carries: what it was opened with."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    match = HIDDEN.search(response.content)
    assert match, response.content
    return (match[1] or match[2]).decode()


def answer(client: Client, draft: Draft, page: str, **values: Any) -> Any:
    """Open a page, then post it."""
    address = url(draft, page)
    return client.post(address, {"shown": shown(client, address), **values})


def add_person(client: Client, draft: Draft, person_id: str = "p1", **values: Any) -> Any:
    return answer(client, draft, f"people/{person_id}", **{**PERSON, **values})


def fill(client: Client, draft: Draft, stop: str = "check", **changes: dict[str, Any]) -> Draft:
    """Answer every page up to `stop`; `changes` are by page name, with "_" for "-"."""
    different = {name.replace("_", "-"): values for name, values in changes.items()}
    for page, values in PAGES.items():
        if page == stop:
            break
        if page == "people":
            add_person(client, draft)
        answer(client, draft, page, **different.get(page, values))
    draft.refresh_from_db()
    return draft
