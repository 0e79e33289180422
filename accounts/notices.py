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
GIVEN = "Somebody was given the role “{role}” in your organisation."
OPENED = "Somebody’s account with the role “{role}” was opened again in your organisation."
SEEING = (
    "They can see every case that is not restricted. If you did not expect this, ask your manager "
    "or head at once."
)


def lead_added(held: RoleHeld, by: Actor, text: str = GIVEN) -> None:
    """Tell the leads that there are. No name: they see it where a case can be given to somebody."""
    person, organisation = held.user, held.user.organisation
    if held.role not in SEES_CASES or organisation is None or not isinstance(by, User):
        return
    others = tuple(leads(organisation, *SEES_CASES).exclude(pk__in=[person.pk, by.pk]))
    told = f"{text.format(role=ROLES[Role(held.role)].title)} {SEEING}"
    # The epoch counts how often the account was closed: each opening is told.
    key = f"lead-added:{held.pk}:{person.session_epoch}"
    queue(Notice(others, "Somebody new can see cases", letter(told, reverse("home")), key))


def lead_is_back(person: User, by: Actor) -> None:
    """Tell them, too, when the closed account of one is opened again."""
    for held in person.roles_held.all():
        lead_added(held, by, OPENED)
