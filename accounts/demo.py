"""The demo organisation: who is in it and whom they would call. All of it is made up.

Telephone numbers are from the ranges that Ofcom keeps for drama: nobody can ever be reached there.
"""

from typing import Any

from django.db import transaction

from accounts import actions
from accounts.models import Contact, ContactKind, Organisation, User
from accounts.roles import ROLES, Role
from audit.acts import Act
from audit.recorder import SYSTEM, record

# Everybody can read this, and that is safe: demo accounts exist only where DEMO is set, DEMO serves
# this machine alone, and the product refuses to start without DEMO while one of them exists.
DEMO_PASSWORD = "demo-triage-2026"  # noqa: S105

ORGANISATION = "Example School (demo)"
LOCAL_NOTE = (
    "This is a demo. In a real organisation, this note says how things are done here: where the "
    "safeguarding office is, and who stays with the child."
)

# (e-mail address, name, role)
PEOPLE = [
    ("practitioner@demo.example", "Demo Member of Staff", Role.PRACTITIONER),
    ("colleague@demo.example", "Demo Colleague", Role.PRACTITIONER),
    ("dsl@demo.example", "Demo Safeguarding Lead", Role.DSL),
    ("deputy@demo.example", "Demo Deputy Lead", Role.DEPUTY),
    ("manager@demo.example", "Demo Manager", Role.MANAGER),
    ("editor@demo.example", "Demo Guidance Editor", Role.GUIDANCE_EDITOR),
    ("operator@demo.example", "Demo Operator", Role.OPERATOR),
]

CONTACTS: list[dict[str, Any]] = [
    {
        "kind": ContactKind.DSL,
        "name": "Demo Safeguarding Lead",
        "role_title": "Designated safeguarding lead",
        "telephone": "01632 960101",
        "email": "dsl@demo.example",
        "when_available": "Monday to Friday, 8am to 5pm",
    },
    {
        "kind": ContactKind.DEPUTY,
        "name": "Demo Deputy Lead",
        "role_title": "Deputy safeguarding lead",
        "telephone": "01632 960102",
        "when_available": "When the lead cannot be reached",
    },
    {
        "kind": ContactKind.OUT_OF_HOURS,
        "name": "Demo Out of Hours Team",
        "telephone": "07700 900103",
        "when_available": "Evenings, nights and weekends",
    },
    {
        "kind": ContactKind.CHILDRENS_SERVICES,
        "name": "Demo Children's Services",
        "telephone": "020 7946 0104",
        "when_available": "Monday to Friday, 9am to 5pm",
    },
    {
        "kind": ContactKind.POLICE,
        "name": "Demo Police Desk",
        "telephone": "01632 960105",
        "when_available": "At any time. In an emergency call 999",
    },
    {
        "kind": ContactKind.LADO,
        "name": "Demo Designated Officer",
        "role_title": "Local authority designated officer",
        "telephone": "020 7946 0106",
        "email": "lado@demo.example",
        "when_available": "Monday to Friday, 9am to 5pm",
    },
    {
        "kind": ContactKind.OTHER,
        "name": "Demo School Nurse",
        "role_title": "School nurse",
        "telephone": "07700 900107",
        "when_available": "Tuesday and Thursday mornings",
    },
]


def load() -> bool:
    """Make whatever of the demo is not there, and change nothing that is. True if any was made.

    In two transactions, since each may write to one chain of the audit. The second says that the
    demo was loaded.
    """
    outside = _load_people(None)
    return _load_organisation(outside)


@transaction.atomic
def _load_organisation(outside: bool) -> bool:
    """`outside` says whether anything was made outside the organisation."""
    organisation = Organisation.objects.filter(name=ORGANISATION).order_by("pk").first()
    fresh = organisation is None
    organisation = organisation or _make_organisation()
    made = _load_people(organisation) or fresh or outside
    if made:
        record(by=SYSTEM, action=Act.DEMO_LOADED, obj=organisation, organisation=organisation)
    return made


def _make_organisation() -> Organisation:
    made = actions.create_organisation(name=ORGANISATION, local_note=LOCAL_NOTE, by=SYSTEM)
    for fields in CONTACTS:
        actions.save_contact(contact=Contact(organisation=made, **fields), by=SYSTEM)
    return made


@transaction.atomic
def _load_people(organisation: Organisation | None) -> bool:
    """Those whose roles are in the organisation; with None, those whose roles are in none."""
    inside = organisation is not None
    people = [person for person in PEOPLE if ROLES[person[2]].in_organisation == inside]
    made = [_make_person(organisation, *person) for person in people]
    return any(made)


def _make_person(organisation: Organisation | None, email: str, name: str, role: Role) -> bool:
    if User.objects.filter(email=email).exists():
        return False
    user = actions.create_user(
        email=email,
        name=name,
        organisation=organisation,
        password=DEMO_PASSWORD,
        is_demo=True,
        by=SYSTEM,
    )
    actions.grant_role(user=user, role=role, by=SYSTEM)
    return True
