"""Writes the audit. Every action that changes state, and every read that matters, calls `record`.

The head of a chain stays locked until the caller's transaction ends. So call `record` last, and
write to one chain in one transaction: two, taken in different orders, could wait for each other.
"""

from enum import Enum
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.utils import timezone

from audit.acts import WITHOUT_OBJECT, Act
from audit.chain import digest
from audit.models import Entry, Head


class AuditError(Exception):
    """An act that cannot be recorded as it stands. A mistake in the program, never in the data."""


class System(Enum):
    """The actor where nobody acted: a command, a timer, somebody who has not signed in."""

    SYSTEM = "system"


SYSTEM = System.SYSTEM
Actor = AbstractBaseUser | AnonymousUser | System


def record(
    *, by: Actor, action: Act, obj: models.Model | None, organisation: models.Model | None
) -> Entry:
    """Add one row to the organisation's chain, or to the service's own if organisation is None.

    Raises AuditError without an actor, for an act that is not an Act, for an object or an
    organisation that is not saved, and outside an atomic block (the row and what it tells of are
    kept together or not at all).
    """
    if not transaction.get_connection().in_atomic_block:
        raise AuditError("record() needs an atomic block, so that act and row stand or fall as one")
    object_type, object_id = _object(action, obj)
    actor_id = None if by is SYSTEM else _saved_pk(by, "an actor")
    organisation_id = None if organisation is None else _saved_pk(organisation, "organisation")
    head = _locked_head(organisation_id or 0)
    entry = Entry(
        organisation_id=organisation_id,
        sequence=head.sequence + 1,
        actor_id=actor_id,
        action=action.value,
        object_type=object_type,
        object_id=object_id,
        # Read under the lock, so that the times run in the order of the chain.
        at=timezone.now(),
        previous_hash=head.hash,
    )
    entry.hash = digest(entry)
    entry.save(force_insert=True)
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(force_update=True)
    return entry


def record_read(
    *, by: Actor, action: Act, obj: models.Model, organisation: models.Model | None
) -> Entry:
    """`record` for an act that changes nothing else, in a transaction of its own."""
    with transaction.atomic():
        return record(by=by, action=action, obj=obj, organisation=organisation)


def _object(action: Act, obj: models.Model | None) -> tuple[str, str]:
    if not isinstance(action, Act):
        raise AuditError(f"{action!r} is not in the audit's vocabulary (audit/acts.py)")
    if (obj is None) != (action in WITHOUT_OBJECT):
        raise AuditError(f"{action.value} {'needs' if obj is None else 'has no'} object")
    if obj is None:
        return "", ""
    return obj._meta.label_lower, str(_saved_pk(obj, "object"))


def _saved_pk(thing: Any, called: str) -> Any:
    """The primary key of a saved row. A UUID is there before saving, so both are asked."""
    state = getattr(thing, "_state", None)
    if state is None or state.adding or thing.pk is None:
        raise AuditError(f"record() needs {called} that is saved; it was given {type(thing)!r}")
    return thing.pk


def _locked_head(chain: int) -> Head:
    """The chain's head, made if this is its first row, locked to the end of the transaction."""
    heads = Head.objects.select_for_update()
    head = heads.filter(pk=chain).first()
    if head is None:
        # Two may begin the same chain at once: one insert is ignored, and both take one lock.
        Head.objects.bulk_create([Head(pk=chain)], ignore_conflicts=True)
        head = heads.get(pk=chain)
    return head
