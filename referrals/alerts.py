"""What is told by e-mail about cases: no personal data, a link to sign in.

A restricted case tells only those named on it, as everywhere. Nobody is told what they did
themselves.
"""

from django.urls import reverse

from accounts.models import User
from outbox.actions import Notice, queue, withdraw
from outbox.actions import forget as forget_messages
from outbox.text import letter
from referrals.models import Case, Event
from referrals.queries import leads_of
from referrals.recipients import Recipients
from referrals.urgency import URGENCY
from triage import alerts as triage_alerts


def new_case(case: Case, *, by: User) -> None:
    """To the safeguarding leads; to the deputies where there is no lead but the one who sent it.

    It says all that an alert about its draft would, so one that still waits is not sent.
    """
    to = Recipients().first(case, but=by)
    text = f"A new case was recorded: {case.reference}. Response: {URGENCY[case.response]}."
    queue(notice(case, "new", to, f"New case {case.reference}", text))
    if to:
        triage_alerts.withdraw_urgent(case.draft)


def assigned(case: Case, event: Event, *, to: User, by: User) -> None:
    """To whoever was given the case."""
    text = f"Case {case.reference} was assigned to you."
    _to_one(case, event, to=to, by=by, text=text)


def step_given(case: Case, event: Event, *, to: User, by: User) -> None:
    """To whoever was made responsible for a step."""
    text = f"You were asked to do a step of case {case.reference}."
    _to_one(case, event, to=to, by=by, text=text)


def more_urgent(case: Case, event: Event, *, by: User) -> None:
    """Changed answers, or a review, raised the level: to the leads and whoever has the case."""
    recipients = Recipients()
    first = recipients.first(case, but=by)
    also = [user for user in recipients.in_charge(case) if user not in first and user != by]
    text = f"Case {case.reference} is more urgent now. Response: {URGENCY[case.response]}."
    subject = f"Case {case.reference} is more urgent"
    queue(notice(case, str(event.number), [*first, *also], subject, text))


def escalated(case: Case, deputies: list[User]) -> None:
    text = (
        f"Nobody has acknowledged case {case.reference} in time. "
        f"Response: {URGENCY[case.response]}. Acknowledge it and act on it now."
    )
    subject = f"Nobody has acknowledged case {case.reference}"
    queue(notice(case, "escalated", deputies, subject, text))


def restricted(case: Case) -> None:
    """What still waits is not sent to those who may not know of the case any more."""
    withdraw(key=_key(case, ""), keep=leads_of(case))


def forget(case: Case) -> None:
    """Every message about a case that is deleted, and about the draft it was made from."""
    forget_messages(key=_key(case, ""))
    triage_alerts.forget(case.draft)


def notice(
    case: Case, what: str, to: list[User], subject: str, text: str, page: str = "case"
) -> Notice:
    """`what` is told once to each person; `page` is the name of the address that it links to."""
    body = letter(text, reverse(page, kwargs={"reference": case.reference}))
    return Notice(tuple(to), subject, body, _key(case, what))


def _to_one(case: Case, event: Event, *, to: User, by: User, text: str) -> None:
    page = Recipients().page_for(case, to)
    if page is not None and to.pk != by.pk:
        subject = f"Case {case.reference}"
        queue(notice(case, str(event.number), [to], subject, text, page))


def _key(case: Case, what: str) -> str:
    return f"case:{case.reference}:{what}"
