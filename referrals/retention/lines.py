"""The list of what was deleted, kept beside the backups: a line of JSON each, with no name in it.

A line is signed with SECRET_KEY. So nobody can make one up, and the list of another installation
deletes nothing here.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from audit.acts import Act
from audit.models import Entry
from referrals.models import Tombstone

PLAIN = ("case_id", "reference", "organisation_id", "basis", "counted", "reason", "deleted_by_id")
Values = dict[str, Any]


class NotOurs(ValueError):
    """Line `number` (the first is 1) is none that this installation printed."""

    def __init__(self, number: int) -> None:
        super().__init__(f"line {number} is no line of list_deletions")
        self.number = number


def as_lines() -> Iterator[str]:
    """Every tombstone, oldest first; then every discarded triage that was deleted.

    Those leave no tombstone: the audit knows of them.
    """
    for one in Tombstone.objects.order_by("deleted_at", "pk").prefetch_related("named"):
        values: Values = {key: getattr(one, key) for key in PLAIN}
        named = sorted(user.pk for user in one.named.all())
        more = {"restricted": one.restricted, "named": named}
        yield signed(values | more | {"deleted_at": one.deleted_at.isoformat()})
    for entry in Entry.objects.filter(action=Act.DRAFT_DELETED.value).order_by("pk"):
        yield signed({"draft_id": entry.object_id, "organisation_id": entry.organisation_id})


def name_of(values: Values) -> str:
    """What the line is about. Stays the same when it is deleted again, or signed anew."""
    if "draft_id" in values:
        return f"Discarded triage {values['draft_id']}"
    return f"Case {values['reference']}"


def signed(values: Values) -> str:
    """The line that holds them."""
    return json.dumps(values | {"signed": _signature(values)})


def read(lines: Iterable[str]) -> list[Values]:
    """What the lines say was deleted. Raises NotOurs, before anything is done of the others."""
    return [_values(line, number) for number, line in enumerate(lines, start=1)]


def _values(line: str, number: int) -> Values:
    try:
        values = json.loads(line)
        signature = values.pop("signed")
    except (ValueError, AttributeError, KeyError, TypeError) as problem:
        raise NotOurs(number) from problem
    if not constant_time_compare(str(signature), _signature(values)):
        raise NotOurs(number)
    return dict(values)


def _signature(values: Values) -> str:
    text = json.dumps(values, sort_keys=True)
    return salted_hmac("referrals.deletions", text, algorithm="sha256").hexdigest()


def lost(old: Iterable[str], new: Iterable[str]) -> list[str]:
    """The old lines about what no new line is about. Raises ValueError for what is no list.

    Whether they are ours is not asked: SECRET_KEY may have been changed since, and changed back.
    """
    known = {name_of(json.loads(line)) for line in new}
    return [line for line in old if _name(line) not in known]


def _name(line: str) -> str:
    try:
        return name_of(json.loads(line))
    except (KeyError, TypeError) as problem:
        raise ValueError("no line of list_deletions") from problem
