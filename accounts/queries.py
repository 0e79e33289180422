"""Reads of accounts, each within one organisation."""

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from accounts.models import Contact, ContactKind, Organisation, RoleHeld, User
from accounts.roles import Role


def contacts_for(organisation: Organisation) -> QuerySet[Contact]:
    """Whom to call: the kinds in the order they are declared, then as the organisation orders."""
    place = Case(
        *(When(kind=kind, then=Value(number)) for number, kind in enumerate(ContactKind.values)),
        output_field=IntegerField(),
    )
    return organisation.contacts.order_by(place, "order", "name", "pk")


def organisations_with_managers() -> QuerySet[Organisation]:
    """Every organisation by name, with `managers`: how many of them can sign in."""
    holders = RoleHeld.objects.filter(user=OuterRef("people"), role=Role.MANAGER)
    counted = Count("people", filter=Exists(holders) & Q(people__is_active=True))
    return Organisation.objects.annotate(managers=counted).order_by("name", "pk")


def leads(organisation: Organisation, *roles: Role) -> QuerySet[User]:
    """Active safeguarding leads of an organisation: with these roles, else of either kind."""
    return active_leads(*roles).filter(organisation=organisation).order_by("name", "pk")


def active_leads(*roles: Role) -> QuerySet[User]:
    """The same of every organisation, for a condition of another read; in no order."""
    wanted = roles or (Role.DSL, Role.DEPUTY)
    holders = RoleHeld.objects.filter(user=OuterRef("pk"), role__in=wanted)
    return User.objects.filter(Exists(holders), is_active=True)
