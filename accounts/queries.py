"""Reads of accounts, each within one organisation."""

from django.db.models import Case, IntegerField, Min, QuerySet, Value, When

from accounts.models import Contact, ContactKind, Organisation, User
from accounts.roles import Role


def contacts_for(organisation: Organisation) -> QuerySet[Contact]:
    """Whom to call: the kinds in the order they are declared, then as the organisation orders."""
    place = Case(
        *(When(kind=kind, then=Value(number)) for number, kind in enumerate(ContactKind.values)),
        output_field=IntegerField(),
    )
    return organisation.contacts.order_by(place, "order", "name", "pk")


def dsls_of(organisation: Organisation) -> QuerySet[User]:
    """Those who see every case here: designated safeguarding leads first, then deputies."""
    rank = Case(When(roles_held__role=Role.DSL, then=Value(0)), default=Value(1))
    leads = organisation.people.filter(is_active=True, roles_held__role__in=[Role.DSL, Role.DEPUTY])
    return leads.annotate(rank=Min(rank)).order_by("rank", "name", "pk")
