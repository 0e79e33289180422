"""What deleting a case takes away: told before anybody confirms it."""

from django.db.models import Q

from accounts.models import User
from referrals.identities import identity_rows
from referrals.models import Case, Identity
from referrals.queries import visible_cases
from referrals.retention.deleting import comparisons_of, drafts_of


def what_goes(case: Case, user: User) -> list[str]:
    """In words, with numbers; of other cases, only those that the user may see."""
    cards = list(Identity.objects.filter(case=case))
    filled = [card for card in cards if card.filled]
    counted = [
        (case.assessments.count(), "the answers, in versions, and what the tool worked out"),
        (case.events.count(), "entries of the chronology"),
        (case.recommendations.count(), "procedures and steps of the plan"),
        (len(filled), "identity cards that are filled in"),
        (_decisions(cards, user), "decisions whether somebody is also in another case"),
        (drafts_of(case).count(), "the triage it was made from, and changes of its answers"),
    ]
    return [f"{what}: {number}" for number, what in counted if number]


def _decisions(cards: list[Identity], user: User) -> int:
    seen = visible_cases(user).values("pk")
    return comparisons_of(cards).filter(Q(one__case__in=seen) & Q(other__case__in=seen)).count()


def linked_cases(case: Case, user: User) -> list[str]:
    """The references of the other cases with the same people: they are kept."""
    rows = identity_rows(case, user)
    return sorted({link.case.reference for row in rows for link in row.links})
