"""What safeguarding leads are told by e-mail about cases: no personal data, a link to sign in.

A restricted case tells only those named on it, as everywhere.
"""

from django.urls import reverse

from accounts.models import User
from accounts.queries import leads
from accounts.roles import Role
from outbox.actions import queue
from outbox.text import letter
from referrals.models import Case, Event
from referrals.queries import leads_of
from referrals.urgency import URGENCY


def new_case(case: Case, *, by: User) -> None:
    """To the safeguarding leads; to the deputies where there is no lead but the one who sent it."""
    organisation = case.organisation
    first = leads(organisation, Role.DSL).exclude(pk=by.pk)
    to = list(first) or list(leads(organisation).exclude(pk=by.pk))
    text = f"A new case was recorded: {case.reference}. Response: {URGENCY[case.response]}."
    queue(
        to=to, subject=f"New case {case.reference}", body=_letter(case, text), key=_key(case, "new")
    )


def assigned(case: Case, event: Event, *, to: User, by: User) -> None:
    """To whoever was given the case; nobody is told what they did themselves."""
    text = f"Case {case.reference} was assigned to you."
    _to_one(case, event, to=to, by=by, text=text)


def step_given(case: Case, event: Event, *, to: User, by: User) -> None:
    """To whoever was made responsible for a step."""
    text = f"You were asked to do a step of case {case.reference}."
    _to_one(case, event, to=to, by=by, text=text)


def _to_one(case: Case, event: Event, *, to: User, by: User, text: str) -> None:
    if to.pk != by.pk:
        lead = leads_of(case).filter(pk=to.pk).exists()
        body = _letter(case, text, "case" if lead else "outcome")
        key = _key(case, str(event.number))
        queue(to=[to], subject=f"Case {case.reference}", body=body, key=key)


def _letter(case: Case, text: str, page: str = "case") -> str:
    return letter(text, reverse(page, kwargs={"reference": case.reference}))


def _key(case: Case, what: str) -> str:
    return f"case:{case.reference}:{what}"
