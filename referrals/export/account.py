"""What is held on somebody because they have an account here."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.roles import ROLES
from audit.acts import Act
from audit.models import Entry
from referrals.export.held import Item
from referrals.export.words import Line, line_of
from referrals.models import Case, Event
from triage.models import Draft

PAGE_SIZE = 100
SIGN_IN = (Act.SIGNED_IN, Act.SIGNED_OUT)
ABOUT = User._meta.label_lower


def facts(user: User) -> Iterator[Item]:
    """The account, and in numbers what it has done."""
    yield Item("Name", user.name)
    yield Item("E-mail address", user.email)
    yield Item("Organisation", user.organisation.name if user.organisation else "None")
    yield Item("Roles", ", ".join(ROLES[role].title for role in sorted(user.roles)) or "None")
    yield Item("Account", "Open" if user.is_active else "Closed")
    yield Item("Account made", "", user.date_joined)
    if user.last_login:
        yield Item("Last signed in", "", user.last_login)


def numbers(user: User) -> Iterator[Item]:
    """How much stands in cases under their name: for themselves alone to see."""
    counted = {
        "Triages started": Draft.objects.filter(owner=user).count(),
        "Cases sent": Case.objects.filter(submitted_by=user).count(),
        "Cases assigned": Case.objects.filter(assignee=user).count(),
        "Entries written in chronologies": Event.objects.filter(entered_by=user).count(),
    }
    yield from (Item(what, str(number)) for what, number in counted.items())


@dataclass(frozen=True)
class Acts:
    """Rows of the audit, newest first. `older` is the id that the next page comes before."""

    rows: list[Line]
    older: int


def acts_page(acts: QuerySet[Entry], before: int | None) -> Acts:
    found = acts if before is None else acts.filter(pk__lt=before)
    rows = list(found[: PAGE_SIZE + 1])
    lines = [line_of(row) for row in rows[:PAGE_SIZE]]
    return Acts(lines, rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else 0)


def acts_of(user: User) -> QuerySet[Entry]:
    """All that they did, and all that was done to their account."""
    return Entry.objects.filter(Q(actor_id=user.pk) | _about(user)).order_by("-pk")


def acts_for_a_manager(user: User) -> QuerySet[Entry]:
    """Signing in and out, and what was done to the account: a manager sees no case, and so not
    which were read either."""
    signing_in = Q(actor_id=user.pk, action__in=[act.value for act in SIGN_IN])
    return Entry.objects.filter(signing_in | _about(user)).order_by("-pk")


def _about(user: User) -> Q:
    return Q(object_type=ABOUT, object_id=str(user.pk))
