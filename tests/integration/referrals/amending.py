"""Steps of changing the answers of a case, as a browser posts them."""

from typing import Any

from django.test import Client

from referrals.chronology import last_number
from referrals.models import Case
from tests.factories.referrals import PERSON
from tests.integration.triage.steps import shown, url
from triage.models import Draft

WHY = "The college confirmed the age."
# Somebody of an age that nobody knows yet.
B = {**PERSON, "id": "p2", "ref": "B", "age": "unknown", "roles": ["asked_for_image"]}


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def begin(client: Client, case: Case, reason: str = WHY) -> Draft:
    """The copy that opening the page and posting it makes."""
    before = set(Draft.objects.values_list("pk", flat=True))
    posted = {"reason": reason, "seen": str(last_number(case))}
    response = client.post(f"/cases/{case.reference}/amend/", posted)
    assert response.status_code == 302, response.content.decode()
    return Draft.objects.exclude(pk__in=before).get()


def save(client: Client, draft: Draft, version: int | None = None) -> Any:
    """Press "Save the changed answers" on a page opened with this version, or as it is now."""
    draft.refresh_from_db()
    seen = draft.amends_version if version is None else version
    return client.post(url(draft, "submit"), {"version": str(seen)})


def change(client: Client, draft: Draft, page: str, **values: Any) -> Any:
    """Open a page of the copy, and post it."""
    address = url(draft, page)
    response = client.post(address, {"shown": shown(client, address), **values})
    assert response.status_code == 302, response.content.decode()
    return response


def amended(client: Client, case: Case, page: str = "feelings", **values: Any) -> Case:
    """The case with one page of its answers changed, and saved."""
    draft = begin(client, case)
    change(client, draft, page, **(values or {"emotional_impact": "severe"}))
    assert "/changes/" in save(client, draft).url
    return Case.objects.get(pk=case.pk)
