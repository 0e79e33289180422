"""Identity cards, and whether two of them are one person's."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, User
from audit.acts import Act
from audit.recorder import record
from referrals.chronology import add_event, lock_case
from referrals.identities import (
    Decisions,
    linked_with,
    newest_decisions,
    people_of,
    plain_name,
    plain_number,
)
from referrals.models import Case, Comparison, EventKind, Identity, KnownPerson
from referrals.queries import visible_cases
from referrals.retention.dates import COLUMNS as RETENTION
from referrals.retention.dates import count_from
from referrals.states import NotNow

LABELS = {"full_name": "name", "date_of_birth": "date of birth", "pupil_number": "pupil number"}
# What is typed, and what follows from it. Links are made on other cases, too: saving leaves them.
COLUMNS = (*LABELS, "match_name")
FOUND = {True: "the same person", False: "not the same person"}


class Decided(NotNow):
    """Somebody decided on the same two cards since the page was opened: `decision`."""

    def __init__(self, decision: Comparison) -> None:
        super().__init__(
            f"{decision.decided_by.name} decided on these two meanwhile: "
            f"{FOUND[decision.same]}. If you still want to save your own decision, press the "
            "button again."
        )
        self.decision = decision


@transaction.atomic
def save_identity(
    *,
    case: Case,
    person_id: str,
    full_name: str,
    date_of_birth: date | None,
    pupil_number: str,
    seen: int,
    by: User,
) -> Identity:
    """Fill in or change the card of a person of the case, also of a closed one. Raises Changed.

    The chronology says what was changed, never to what: the card alone holds that.
    """
    current = lock_case(case, seen=seen, by=by)
    card = Identity.objects.filter(case=current, person_id=person_id).first()
    card = card or Identity(case=current, person_id=person_id)
    values = {
        "full_name": " ".join(full_name.split()),
        "date_of_birth": date_of_birth,
        "pupil_number": plain_number(pupil_number),
    }
    changed = [LABELS[key] for key, value in values.items() if getattr(card, key) != value]
    if changed:
        for key, value in values.items():
            setattr(card, key, value)
        card.match_name = plain_name(card.full_name)
        card.save(update_fields=COLUMNS if card.pk else None)
        count_from(current)
        current.save(update_fields=RETENTION)
        data = {"person": people_of(current)[person_id]["ref"], "changed": changed}
        add_event(current, EventKind.IDENTITY, by=by, data=data)
    return card


@transaction.atomic
def compare(
    *,
    case: Case,
    card: Identity,
    other: Identity,
    same: bool,
    reason: str,
    known: int,
    seen: int,
    by: User,
) -> Comparison:
    """Decide whether a card of this case and one of another are one person's.

    `known` is the decision on the two that the page was opened with, 0 for none. "Not the same" of
    a card that was linked takes it out: it is linked with none of those it was linked with. Raises
    Changed and Decided; Identity.DoesNotExist for a card of a case that `by` may not see.
    """
    current = lock_case(case, seen=seen, by=by)
    # One at a time in an organisation: two that join the same people must see each other's work.
    Organisation.objects.select_for_update(no_key=True).get(pk=current.organisation_id)
    one = Identity.objects.get(pk=card.pk, case=current)
    elsewhere = Identity.objects.filter(case__in=visible_cases(by)).exclude(case=current)
    two = elsewhere.get(pk=other.pk)
    before = newest_decisions([one], by)
    newest = before.get(frozenset({one.pk, two.pk}))
    if newest is not None and newest.pk != known:
        raise Decided(newest)
    about = {two.pk}
    if same:
        _join(one, two)
    elif two.pk in linked_with(one, before):
        about |= _directly_linked(one, before)
    made = [_decide(one, pk, same, reason, by=by) for pk in sorted(about)]
    record(by=by, action=Act.CASE_LINKED, obj=current, organisation=current.organisation)
    return next(comparison for comparison in made if comparison.other_id == two.pk)


def _decide(one: Identity, other: int, same: bool, reason: str, *, by: User) -> Comparison:
    return Comparison.objects.create(
        one=one,
        other_id=other,
        same=same,
        reason=reason,
        decided_by=by,
        decided_at=timezone.now(),
    )


def _directly_linked(card: Identity, decisions: Decisions) -> set[int]:
    pairs = [pair for pair, decision in decisions.items() if decision.same and card.pk in pair]
    return {pk for pair in pairs for pk in pair} - {card.pk}


def _join(one: Identity, two: Identity) -> None:
    """Both cards, and all that either was ever linked with, become one known person's."""
    groups = {card.known_person_id for card in (one, two) if card.known_person_id is not None}
    kept = min(groups) if groups else _new_person(one).pk
    cards = Identity.objects.filter(Q(pk__in=[one.pk, two.pk]) | Q(known_person__in=groups))
    cards.update(known_person=kept)
    KnownPerson.objects.filter(pk__in=groups - {kept}).delete()


def _new_person(card: Identity) -> KnownPerson:
    return KnownPerson.objects.create(organisation_id=card.case.organisation_id)
