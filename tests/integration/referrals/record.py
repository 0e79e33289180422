"""A recorded case from canonical answers, without walking its pages."""

import json
from pathlib import Path
from typing import Any

from django.test import Client

from referrals.models import Case
from tests.integration.triage.steps import start, url
from triage.models import Draft

_LINES = (Path(__file__).parents[2] / "cases" / "public.jsonl").read_text().splitlines()
WORKED = {case["id"]: case["answers"] for case in map(json.loads, _LINES)}


def record(client: Client, answers: dict[str, Any]) -> Case:
    """The case of these answers, sent at once: sent early where a page of theirs is open."""
    draft = start(client)
    people = [{**person, "id": f"p{place}"} for place, person in enumerate(answers["people"])]
    stored = {**answers, "people": people, "people_listed": "yes", "notes": ""}
    Draft.objects.filter(pk=draft.pk).update(answers=stored)
    client.post(url(draft, "send/notes"), {})
    return Case.objects.get(draft=draft)
