"""How long cases are kept: the organisation's rule, legal hold, what is left of a deleted one."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from referrals.models.case import Basis

BIRTHDAY = YEARS = 25
# After so many years a discarded triage is put to the leads: for every organisation the same.
DISCARDED_YEARS = 1
FEWEST, MOST = 18, 100


class RetentionRule(models.Model):
    """An organisation's own rule; where it has none, the defaults hold."""

    organisation = models.OneToOneField(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="retention_rule"
    )
    birthday = models.PositiveSmallIntegerField(
        default=BIRTHDAY,
        validators=[MinValueValidator(FEWEST), MaxValueValidator(MOST)],
        help_text="A case is kept until this birthday of the youngest child.",
    )
    years = models.PositiveSmallIntegerField(
        default=YEARS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
        help_text="Where no child’s age is known: so many years from when it was closed.",
    )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.birthday}, {self.years}"

    def counted(self, basis: str) -> int:
        """The years that are added for a case of this basis; of both where neither is sure."""
        if basis == Basis.UNKNOWN:
            return max(self.birthday, self.years)
        return self.years if basis == Basis.NONE else self.birthday


class LegalHold(models.Model):
    """While this row is there the case cannot be deleted: the database itself refuses to."""

    case = models.OneToOneField("Case", on_delete=models.PROTECT, related_name="hold")
    reason = models.TextField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Legal hold {self.pk}"


class DeletedBecause(models.TextChoices):
    """No words of anybody's own: what is left of a case must name nobody."""

    PERIOD_ENDED = "period_ended", "The time for keeping it has ended, and nothing asks for more"
    KEPT_LONGER = "kept_longer", "It was kept longer for a reason, and that reason has gone"
    ASKED = "asked", "The person it is about asked for it, and that was agreed"


class Tombstone(models.Model):
    """That a case was deleted. It names nobody but the staff who may know of it; never changes.

    It is also what the guards ask for: no row of a case can be deleted before its tombstone stands.
    """

    case_id = models.BigIntegerField(unique=True, help_text="The id that the audit has, too.")
    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="tombstones"
    )
    basis = models.CharField(max_length=10, choices=Basis)
    counted = models.PositiveSmallIntegerField(help_text="The years of the rule that held.")
    reason = models.CharField(max_length=20, choices=DeletedBecause)
    deleted_at = models.DateTimeField()
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty where a restored database does not have them.",
    )
    restricted = models.BooleanField()
    named = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")

    def __str__(self) -> str:
        return self.reference
