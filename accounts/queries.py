"""Reads of accounts, each within one organisation."""

from django.db.models import Case, Exists, IntegerField, OuterRef, QuerySet, Value, When

from accounts.models import Contact, ContactKind, Organisation, RoleHeld, User
from accounts.roles import Role


def contacts_for(organisation: Organisation) -> QuerySet[Contact]:
    """Whom to call: the kinds in the order they are declared, then as the organisation orders."""
    place = Case(
        *(When(kind=kind, then=Value(number)) for number, kind in enumerate(ContactKind.values)),
        output_field=IntegerField(),
    )
    return organisation.contacts.order_by(place, "order", "name", "pk")


def leads(organisation: Organisation, *roles: Role) -> QuerySet[User]:
    """Active safeguarding leads of an organisation: with these roles, else of either kind."""
    return active_leads(*roles).filter(organisation=organisation).order_by("name", "pk")


def active_leads(*roles: Role) -> QuerySet[User]:
    """The same of every organisation, for a condition of another read; in no order."""
    wanted = roles or (Role.DSL, Role.DEPUTY)
    holders = RoleHeld.objects.filter(user=OuterRef("pk"), role__in=wanted)
    return User.objects.filter(Exists(holders), is_active=True)
