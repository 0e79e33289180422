"""Everything that changes a draft. Atomic, locked, with the audit record written inside."""

import hashlib
import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.acts import Act
from audit.recorder import record
from guidance.models import Edition
from guidance.queries import current_edition
from triage.alerts import tell_of_urgent
from triage.models import Draft
from triage.queries import drafts_of_organisation, is_untouched


class DraftEnded(Exception):
    """The draft was submitted or discarded meanwhile: nothing can be saved in it any more."""


class Conflict(Exception):
    """What is stored (None: nothing any more) differs from what was shown and what was posted."""

    def __init__(self, stored: dict[str, Any] | None) -> None:
        super().__init__("changed in another window")
        self.stored = stored


class NotUntouched(Exception):
    """Somebody goes on with the draft, or it has ended: it is not for a lead to take."""


def fingerprint(stored: dict[str, Any] | None) -> str:
    """A short mark of what a page was opened with; it travels in the form and comes back."""
    text = json.dumps(stored, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@transaction.atomic
def start_draft(*, by: User) -> Draft:
    """Raises PermissionDenied for somebody in no organisation."""
    if by.organisation is None:
        raise PermissionDenied
    now = timezone.now()
    draft = Draft.objects.create(
        organisation=by.organisation,
        owner=by,
        edition=current_edition(),
        started_at=now,
        saved_at=now,
    )
    record(by=by, action=Act.DRAFT_STARTED, obj=draft, organisation=by.organisation)
    return draft


@transaction.atomic
def copy_draft(
    *,
    answers: dict[str, Any],
    amends: str,
    version: int,
    reason: str,
    restricted: bool,
    edition: Edition,
    by: User,
) -> Draft:
    """A draft that changes the answers of the case `amends`, beginning with these answers.

    Raises PermissionDenied for somebody in no organisation.
    """
    if by.organisation is None:
        raise PermissionDenied
    now = timezone.now()
    draft = Draft.objects.create(
        organisation=by.organisation,
        owner=by,
        edition=edition,
        answers=answers,
        started_at=now,
        saved_at=now,
        amends=amends,
        amends_version=version,
        amend_reason=reason,
        restricted=restricted,
    )
    record(by=by, action=Act.DRAFT_STARTED, obj=draft, organisation=by.organisation)
    return draft


def lock(draft: Draft, *, by: User) -> Draft:
    """The draft as it is now, locked until the transaction ends, open or not.

    Raises PermissionDenied for anybody but its owner.
    """
    current = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if current.owner_id != by.pk:
        raise PermissionDenied
    return current


def lock_open(draft: Draft, *, by: User) -> Draft:
    """The same; raises DraftEnded for one that was submitted or discarded."""
    current = lock(draft, by=by)
    if not current.is_open:
        raise DraftEnded
    return current


@transaction.atomic
def save_answers(
    *, draft: Draft, asked: Iterable[str], values: dict[str, Any], shown: str, by: User
) -> Draft:
    """Store one page's answers: `values`, of a page that asked for the keys `asked`.

    `shown` is the fingerprint of what it was opened with. Raises Conflict when another window
    stored something else meanwhile, and DraftEnded.
    """
    current = lock_open(draft, by=by)
    stored = {key: current.answers[key] for key in asked if key in current.answers}
    posted = {key: values[key] for key in asked if key in values}
    _refuse_conflict(stored, shown, posted)
    return _store(current, {**current.answers, **values})


@transaction.atomic
def save_person(*, draft: Draft, person: dict[str, Any], shown: str, by: User) -> Draft:
    """Add the person, or change the one with the same `id`. Raises as `save_answers` does.

    Posting a new person twice (a double click) leaves one person: the page carries the id.
    """
    current = lock_open(draft, by=by)
    stored = current.person(person["id"])
    _refuse_conflict(stored, shown, person)
    people = [person if p["id"] == person["id"] else p for p in current.people]
    if stored is None:
        people.append(person)
    return _store(current, {**current.answers, "people": people})


def _refuse_conflict(stored: dict[str, Any] | None, shown: str, posted: dict[str, Any]) -> None:
    """Back and a double click are no conflict: then what is stored is what is posted."""
    if fingerprint(stored) != shown and stored != posted:
        raise Conflict(stored)


@transaction.atomic
def remove_person(*, draft: Draft, person_id: str, by: User) -> Draft:
    """Take a person off the list; without effect if they are gone already."""
    current = lock_open(draft, by=by)
    people = [p for p in current.people if p["id"] != person_id]
    return _store(current, {**current.answers, "people": people})


@transaction.atomic
def discard_draft(*, draft: Draft, reason: str, by: User) -> None:
    """End a draft without a case. It stays readable, with the reason, for the DSL."""
    _discard(lock_open(draft, by=by), reason, by=by)


@transaction.atomic
def take_over(*, draft: Draft, by: User) -> Draft:
    """A lead goes on with a triage that nobody touched: from now on it is theirs.

    Raises NotUntouched, and Draft.DoesNotExist for whoever may not see it.
    """
    current = _lock_untouched(draft, by=by)
    current.owner = by
    current.save(update_fields=["owner"])
    record(by=by, action=Act.DRAFT_TAKEN_OVER, obj=current, organisation=current.organisation)
    return current


@transaction.atomic
def discard_untouched(*, draft: Draft, reason: str, by: User) -> None:
    """A lead ends a triage that nobody touched. Raises as `take_over` does."""
    _discard(_lock_untouched(draft, by=by), reason, by=by)


def _lock_untouched(draft: Draft, *, by: User) -> Draft:
    """Asked again under the lock: somebody may be going on with it just now."""
    visible = drafts_of_organisation(by).select_for_update(of=("self",), no_key=True)
    current = visible.get(pk=draft.pk)
    if not is_untouched(current):
        raise NotUntouched
    return current


def _discard(draft: Draft, reason: str, *, by: User) -> None:
    draft.discarded_at, draft.discarded_by = timezone.now(), by
    draft.discard_reason = reason
    draft.save(update_fields=["discarded_at", "discarded_by", "discard_reason"])
    record(by=by, action=Act.DRAFT_DISCARDED, obj=draft, organisation=draft.organisation)


@transaction.atomic
def end_amendments(*, amends: str, keep: Collection[User], reason: str, by: User) -> None:
    """Discard the open amendments of a case that belong to nobody in `keep`."""
    drafts = Draft.objects.filter(amends=amends, submitted_at=None, discarded_at=None)
    for draft in drafts.exclude(owner__in=keep).select_for_update(no_key=True).order_by("pk"):
        _discard(draft, reason, by=by)


def told_of_version(draft: Draft, version: int) -> None:
    """The owner of a locked amendment was told of this version: what she saves next is after it."""
    draft.amends_version = version
    draft.save(update_fields=["amends_version"])


def mark_submitted(draft: Draft, *, by: User) -> datetime:
    """Close a locked draft for good, and say when; the case is recorded in the same transaction."""
    draft.submitted_at = now = timezone.now()
    draft.save(update_fields=["submitted_at"])
    record(by=by, action=Act.DRAFT_SUBMITTED, obj=draft, organisation=draft.organisation)
    return now


def _store(draft: Draft, answers: dict[str, Any]) -> Draft:
    if answers != draft.answers:
        before = draft.answers
        draft.put(answers)
        draft.version += 1
        draft.saved_at = timezone.now()
        draft.save(update_fields=["answers", "version", "saved_at"])
        tell_of_urgent(draft, before)
    return draft
