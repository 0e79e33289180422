"""The heads of the audit's chains, by e-mail, once a day: a copy that no one with access to the
database can change afterwards. Or, if the audit does not verify, where it breaks.

It holds no personal data: numbers of organisations and rows, and hashes.
"""

import logging
from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone
from django.utils.formats import date_format

from audit.heads import as_text
from audit.verifying import Report, verify_all
from outbox.actions import Notice, keys_queued, queue
from outbox.text import letter

log = logging.getLogger(__name__)
FOOT = (
    "Keep this message where nobody who looks after the server can change it. To check the audit "
    "against it, save it as a file and run: manage.py verify_audit --heads FILE"
)
WHOLE = "The audit verifies. Its chains end so today:"
BROKEN = (
    'The audit does not verify. Change nothing, and see docs/audit.md, "The audit does not '
    'verify: what to do". What was found:'
)
ENDS = "The chains that are whole end so:"
KINDS = HEADS, FAULTS = "audit-heads", "audit-faults"
# The days on which this process said that an address is nobody's.
_said: set[date] = set()


def people_at(addresses: Collection[str]) -> tuple[list[AbstractBaseUser], bool]:
    """Who can sign in and has one of them, and whether that is all: mail goes to people alone."""
    wanted = {address.strip().lower() for address in addresses}
    people = get_user_model().objects.filter(email__in=wanted, is_active=True)
    found: list[AbstractBaseUser] = list(people.order_by("pk"))
    return found, len(found) == len(wanted)


def mail_daily(now: datetime | None = None) -> bool:
    """For the timer: verify and queue, once a day for each of AUDIT_HEADS_TO. Whether it did.

    What was queued says that it is done: neither a restart nor a second timer does it again.
    """
    if not settings.AUDIT_HEADS_TO:
        return False
    at = now or timezone.now()
    people, all_of_them = people_at(settings.AUDIT_HEADS_TO)
    if not all_of_them:
        _say_once_a_day(at)
    if all(any(keys_queued(_notice(person, at, kind).keys) for kind in KINDS) for person in people):
        return False
    report = verify_all()
    for fault in report.faults:
        log.error("the audit does not verify: %s", fault)
    mail(report, people, at)
    return True


def _say_once_a_day(at: datetime) -> None:
    today = timezone.localdate(at)
    if today not in _said:
        log.error("AUDIT_HEADS_TO has an address of nobody who can sign in: it gets no mail")
        _said.add(today)


def mail(report: Report, people: Iterable[AbstractBaseUser], at: datetime) -> None:
    """Queue what was found. Who was told it today already is not told again."""
    heads = as_text(report.heads)
    kind, subject = HEADS, f"The audit on {date_format(timezone.localtime(at), 'j F Y')}"
    text = f"{WHOLE}\n\n{heads}"
    if report.faults:
        kind, subject = FAULTS, "The audit does not verify"
        faults = "\n".join(report.faults)
        text = f"{BROKEN}\n\n{faults}\n\n{ENDS}\n\n{heads}"
    body = letter(text.rstrip(), "/", FOOT)
    queue(*(_notice(person, at, kind, subject, body) for person in people))


def _notice(
    person: AbstractBaseUser, at: datetime, kind: str, subject: str = "", body: str = ""
) -> Notice:
    return Notice((person,), subject, body, f"{kind}:{timezone.localdate(at).isoformat()}")
