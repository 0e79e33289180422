"""The audit's two tables: the rows, and the end of each chain."""

from django.db import models
from django.db.models import Q

from audit.chain import FORMAT, START


class Entry(models.Model):
    """One act. Never changed, never deleted: triggers see to it (audit/guards.py).

    It holds no foreign key and no personal data, so that erasing a person or a case leaves the
    chain whole. There is one chain for each organisation, and one, where `organisation_id` is
    null, for the acts of the service itself.
    """

    format = models.PositiveSmallIntegerField(default=FORMAT)
    organisation_id = models.BigIntegerField(null=True)
    sequence = models.BigIntegerField()
    # Null only where the system itself acted.
    actor_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=100)
    object_id = models.CharField(max_length=64)
    at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_id", "sequence"], name="audit_one_row_per_place"
            ),
            # Two nulls are never equal to a database, so the service's own chain needs its own.
            models.UniqueConstraint(
                fields=["sequence"],
                condition=Q(organisation_id__isnull=True),
                name="audit_one_row_per_place_of_the_service",
            ),
        ]
        # What was done to one thing, newest first.
        indexes = [models.Index(fields=["object_type", "object_id", "id"])]

    def __str__(self) -> str:
        return f"{self.sequence}: {self.action}"


class Head(models.Model):
    """The end of one chain. Whoever adds a row holds its lock, so a chain grows one by one."""

    # The organisation's id; 0 for the service itself, since a primary key cannot be null.
    chain = models.BigIntegerField(primary_key=True)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    def __str__(self) -> str:
        return f"chain {self.chain} at {self.sequence}"
