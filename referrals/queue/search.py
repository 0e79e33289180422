"""Search through the cases a lead may see: nothing else is looked at."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import User
from referrals.identities import plain_name
from referrals.models import Case, Event, Identity
from referrals.queries import visible_cases
from referrals.reference import as_written


def search(user: User, words: Iterable[str]) -> QuerySet[Case]:
    """The visible cases in which each word is found, in whatever part."""
    cases = visible_cases(user)
    for word in words:
        cases = cases.filter(_found(user, word))
    return cases


def _found(user: User, word: str) -> Q:
    """Within the organisation; the caller narrows it to what may be seen."""
    inside = {"case__organisation": user.organisation}
    small = word.casefold()
    events = Event.objects.filter(words__contains=small, **inside)
    names = Identity.objects.filter(match_name__contains=plain_name(word), **inside)
    return (
        Q(reference__contains=as_written(word))
        | Q(words__contains=small)
        | Q(pk__in=events.order_by().values("case"))
        | Q(pk__in=names.values("case"))
    )
