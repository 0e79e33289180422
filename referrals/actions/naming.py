"""Naming leads on a restricted case that nobody named can open any more."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from accounts.queries import leads
from audit.recorder import System
from referrals.chronology import add_event
from referrals.models import Case, EventKind
from referrals.queries import leads_of
from referrals.states import NotNow

REASON = "Named at the command line, because nobody named could open it"
OPEN_TO_ALL = "This case is not restricted: every safeguarding lead and deputy can open it."
NO_BACK_DOOR = "Somebody who is named can still open this case. They change who may see it."
LEADS_ALONE = (
    "Everybody who is named must be an active safeguarding lead or deputy of the case's "
    "organisation."
)


@transaction.atomic
def name_leads(*, case: Case, named: Collection[User], by: System) -> Case:
    """Name more people on the case; nobody is taken off. Raises NotNow.

    For when nobody who is named can open it, and then alone: else it would be a way round those
    who decided who may know of it.
    """
    current = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if not current.restricted:
        raise NotNow(OPEN_TO_ALL)
    if leads_of(current).exists():
        raise NotNow(NO_BACK_DOOR)
    if not named or not set(named) <= set(leads(current.organisation)):
        raise NotNow(LEADS_ALONE)
    current.named.add(*named)
    names = sorted(current.named.values_list("name", flat=True))
    add_event(current, EventKind.RESTRICTED, by=by, data={"named": names, "reason": REASON})
    return current
