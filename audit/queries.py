"""Reads of the audit."""

from django.db import models
from django.db.models import QuerySet

from audit.models import Entry


def trail(organisation: models.Model | None, obj: models.Model) -> QuerySet[Entry]:
    """What was done to one object, oldest first, in one organisation's chain (None: the service's).

    Rows of another organisation about the same object are never shown.
    """
    return Entry.objects.filter(
        organisation_id=None if organisation is None else organisation.pk,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
    ).order_by("sequence")
