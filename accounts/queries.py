"""Reads of accounts, each within one organisation."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from accounts.models import Contact, ContactKind, Organisation


def contacts_for(organisation: Organisation) -> QuerySet[Contact]:
    """Whom to call: the kinds in the order they are declared, then as the organisation orders."""
    place = Case(
        *(When(kind=kind, then=Value(number)) for number, kind in enumerate(ContactKind.values)),
        output_field=IntegerField(),
    )
    return organisation.contacts.order_by(place, "order", "name", "pk")
