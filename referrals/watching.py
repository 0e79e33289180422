"""What happens when time passes: what the timer does, and `manage.py watch_cases` once.

Done twice, or by two timers at once, it does each thing once.
"""

import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from outbox.actions import keys_queued, queue
from referrals.actions.escalating import escalate, to_escalate
from referrals.models import Case
from referrals.recipients import Recipients
from referrals.reminders import Reminders, cases_with_reminders
from referrals.unreachable import say_unreachable
from triage.alerts import untouched_notices
from triage.models import Draft
from triage.queries import untouched

CHUNK = 500
# Reminders in one round; the rest follow in the next. Mail that is urgent waits for the round.
MOST = 200
ESCALATED, REMINDED, UNTOUCHED = "escalated", "reminded", "untouched"
log = logging.getLogger(__name__)


def watch(*, now: datetime | None = None) -> Counter[str]:
    """Escalate and remind of what is due. How many cases of each. Raises when the database fails;
    what is wrong with one case alone is logged, by its reference, and the others go on."""
    at = now or timezone.now()
    done: Counter[str] = Counter()
    recipients = Recipients()
    for case in to_escalate(at):
        if recipients.deputies(case):
            done[ESCALATED] += _try(lambda one: escalate(case_id=one.pk, now=at), case)
    say_unreachable(at)
    for case in islice(_untold(at), MOST):
        done[REMINDED] += _try(lambda one: remind(case_id=one.pk, now=at), case)
    if told := tell_of_untouched(at):
        done[UNTOUCHED] = told
    return done


def tell_of_untouched(now: datetime) -> int:
    """Tell the leads of each open triage that nobody goes on with, once. Of how many."""
    drafts = Draft.objects.filter(restricted=False).select_related("organisation")
    notices = untouched_notices(untouched(drafts, now))
    queued = keys_queued({key for notice in notices for key in notice.keys})
    untold = [notice for notice in notices if notice.keys - queued][:MOST]
    queue(*untold)
    return len(untold)


def _try(act: Callable[[Case], bool], case: Case) -> bool:
    try:
        return act(case)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:
        log.error("case %s could not be watched: %s", case.reference, type(problem).__name__)
        return False


def _untold(now: datetime) -> Iterator[Case]:
    """The cases with a reminder that somebody has not been sent; found without locking any."""
    ids = cases_with_reminders(now)
    for start in range(0, len(ids), CHUNK):
        chunk = list(_cases().filter(pk__in=ids[start : start + CHUNK]))
        reminders = list(Reminders(chunk, now))
        queued = keys_queued({key for _, notice in reminders for key in notice.keys})
        yield from {case: None for case, notice in reminders if notice.keys - queued}


@transaction.atomic
def remind(*, case_id: int, now: datetime) -> bool:
    """Queue every reminder of a case as it stands now, locked: it may just have been reviewed or
    restricted. Whether there is any."""
    locked = list(_cases().select_for_update(of=("self",), no_key=True).filter(pk=case_id))
    notices = [notice for _, notice in Reminders(locked, now)]
    queue(*notices)
    return bool(notices)


def _cases() -> QuerySet[Case]:
    return Case.objects.select_related("organisation", "assignee").prefetch_related("named")
