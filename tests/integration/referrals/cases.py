"""Working on a case as a browser does: read the page's hidden number, then post."""

import re
from typing import Any

from django.test import Client

from referrals.chronology import last_number
from referrals.models import Case, Event

SEEN = re.compile(r'name="seen"[^>]*value="(\d+)"')


def at(case: Case, page: str = "") -> str:
    return f"/cases/{case.reference}/{page}"


def seen(client: Client, address: str) -> str:
    """The number of the newest entry that the page carries."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    match = SEEN.search(response.content.decode())
    assert match, address
    return match[1]


def act(client: Client, case: Case, page: str, **values: Any) -> Any:
    """Open a page of the case, then post it; also where the page has no form, for it cannot be."""
    address = at(case, page)
    refused = "This cannot be done now" in client.get(address).content.decode()
    number = str(last_number(case)) if refused else seen(client, address)
    return client.post(address, {"seen": number, **values})


def newest(case: Case) -> Event:
    return case.events.order_by("number").last()


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
