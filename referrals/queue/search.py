"""Search through the cases a lead may see: nothing else is looked at."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from referrals.identities import plain_name, plain_number
from referrals.models import Case, Event, Identity
from referrals.queries import visible_cases
from referrals.reference import as_written


def search(user: User, words: Sequence[str]) -> QuerySet[Case]:
    """The visible cases in which each word is found, in whatever part; and those with a pupil
    number that all the words make together: it may be typed with spaces."""
    cases = Q()
    for word in words:
        cases &= _found(user, word)
    return visible_cases(user).filter(cases | Q(pk__in=_with_number(user, "".join(words))))


def _found(user: User, word: str) -> Q:
    """Within the organisation; the caller narrows it to what may be seen."""
    small = word.casefold()
    events = Event.objects.filter(words__contains=small, case__organisation=user.organisation)
    found = (
        Q(reference__contains=as_written(word))
        | Q(words__contains=small)
        | Q(pk__in=events.order_by().values("case"))
        | Q(pk__in=_with_number(user, word))
    )
    # An accent alone leaves nothing of a name, and nothing is in every name.
    name = plain_name(word)
    return found | Q(pk__in=_cards(user, match_name__contains=name)) if name else found


def _with_number(user: User, number: str) -> QuerySet[Any, Any]:
    return _cards(user, pupil_number=plain_number(number))


def _cards(user: User, **wanted: str) -> QuerySet[Any, Any]:
    cards = Identity.objects.filter(case__organisation=user.organisation, **wanted)
    return cards.values("case")
