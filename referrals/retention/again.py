"""Deletions that a restored backup has undone: written down beforehand, and done again."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_datetime

from audit.acts import Act
from audit.recorder import System, record
from referrals.models import Case, Tombstone
from referrals.retention.actions import held
from referrals.retention.deleting import erase

PLAIN = ("case_id", "reference", "organisation_id", "basis", "counted", "reason", "deleted_by_id")
DONE = "deleted again"
NOT_HERE = "is not in this database"
KNOWN = "was deleted here already"
HELD = "is on legal hold in this database: lift the hold, and do it again"
OTHER = "is another case here, so nothing was done"


def as_lines() -> Iterator[str]:
    """Every tombstone as a line of JSON, oldest first. No name is in it."""
    for one in Tombstone.objects.order_by("deleted_at", "pk").prefetch_related("named"):
        values: dict[str, Any] = {key: getattr(one, key) for key in PLAIN}
        named = sorted(user.pk for user in one.named.all())
        more = {"restricted": one.restricted, "named": named}
        yield json.dumps(values | more | {"deleted_at": one.deleted_at.isoformat()})


@transaction.atomic
def delete_again(line: str, *, by: System) -> tuple[str, str]:
    """Do what a line says was done. Gives the reference, and what became of it.

    Raises ValueError for a line that is none of ours.
    """
    values = _parsed(line)
    reference = str(values["reference"])
    if Tombstone.objects.filter(reference=reference).exists():
        return reference, KNOWN
    case = Case.objects.select_for_update().filter(reference=reference).first()
    if case is None:
        return reference, NOT_HERE
    if case.pk != values["case_id"]:
        return reference, OTHER
    if held(case):
        return reference, HELD
    named = values.pop("named")
    tombstone = Tombstone.objects.create(**values)
    tombstone.named.set(named)
    erase(case)
    record(by=by, action=Act.CASE_DELETED, obj=case, organisation=tombstone.organisation)
    return reference, DONE


def _parsed(line: str) -> dict[str, Any]:
    values = json.loads(line)
    if not isinstance(values, dict) or set(values) != {*PLAIN, "restricted", "named", "deleted_at"}:
        raise ValueError("this is no line of list_deletions")
    values["deleted_at"] = parse_datetime(values["deleted_at"])
    return values
