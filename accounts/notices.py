"""Mail about who may see cases.

Whoever gives roles could give one to themselves, or to somebody who is made up.
"""

from django.urls import reverse

from accounts.models import RoleHeld, User
from accounts.queries import leads
from accounts.roles import ROLES, Role
from audit.recorder import Actor
from outbox.actions import Notice, queue
from outbox.text import letter

SEES_CASES = (Role.DSL, Role.DEPUTY)
TEXT = (
    "Somebody was given the role “{role}” in your organisation. They can see every case that is "
    "not restricted. If you did not expect this, ask your manager or head at once."
)


def lead_added(held: RoleHeld, by: Actor) -> None:
    """Tell the leads that there are. No name: they see it where a case can be given to somebody."""
    person, organisation = held.user, held.user.organisation
    if held.role not in SEES_CASES or organisation is None or not isinstance(by, User):
        return
    others = tuple(leads(organisation, *SEES_CASES).exclude(pk__in=[person.pk, by.pk]))
    body = letter(TEXT.format(role=ROLES[Role(held.role)].title), reverse("home"))
    queue(Notice(others, "Somebody new can see cases", body, f"lead-added:{held.pk}"))
