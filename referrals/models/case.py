"""The case: what was recorded when a triage was submitted, and what is recommended.

What is recorded at submission is fixed from then on, in the database too (`guards` in apps.py).
"""

from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from triage.model.catalogue import RESPONSES

if TYPE_CHECKING:
    from referrals.models.assessment import Assessment


class Status(models.TextChoices):
    """Where a case stands with the safeguarding lead. `referrals.states` says what leads where."""

    NEW = "new", "Received, not yet acknowledged"
    ACKNOWLEDGED = "acknowledged", "Acknowledged, not yet reviewed"
    REVIEWED = "reviewed", "Reviewed, being acted on"
    CLOSED = "closed", "Closed"


class Basis(models.TextChoices):
    """What the day was taken from that a case's retention counts from."""

    BORN = "born", "The date of birth of the youngest child, from an identity card"
    AGE = "age", "The age of the youngest child, from the answers"
    UNKNOWN = "unknown", "The day somebody was listed whose age is not known, beside a child"
    NONE = "none", "The day the case was closed or recorded: no child’s age is known"


UNREVIEWED = (Status.NEW, Status.ACKNOWLEDGED)


class Case(models.Model):
    """One recorded incident. One draft makes one case, however often it is submitted."""

    reference = models.CharField(max_length=12, unique=True)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="cases"
    )
    draft = models.OneToOneField("triage.Draft", on_delete=models.PROTECT, related_name="case")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases"
    )
    submitted_at = models.DateTimeField()
    sent_early = models.BooleanField(help_text="Sent before every question was answered.")
    notes = models.TextField(blank=True)
    # What holds now. Every change of these is an entry of the chronology.
    urgency = models.PositiveSmallIntegerField(
        help_text="The response level as a number, 0 (low) to 4 (emergency): what lists sort by."
    )
    classification = models.CharField(
        max_length=20, help_text="Sub-type or category: the tool's, or a safeguarding lead's own."
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.NEW)
    review_due_at = models.DateTimeField(help_text="By when somebody must have reviewed it.")
    escalated_at = models.DateTimeField(null=True, help_text="When it went on to the deputies.")
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="assigned_cases"
    )
    restricted = models.BooleanField(default=False, help_text="Only those named know it exists.")
    named = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="+", help_text="Who may see it while restricted."
    )
    close_outcome = models.CharField(max_length=30, blank=True)
    review_on = models.DateField(null=True, help_text="When a closed case is looked at again.")
    parents_review_on = models.DateField(
        null=True,
        help_text="When withholding from parents is looked at again; the first such day.",
    )
    # How long it is kept: referrals.retention works these out, the organisation's rule the rest.
    retention_from = models.DateField(
        default=timezone.localdate,
        help_text="When the youngest child was born at the latest; else when it was closed.",
    )
    retention_basis = models.CharField(max_length=10, choices=Basis, default=Basis.NONE)
    kept_until = models.DateField(null=True, help_text="A safeguarding lead’s own, later date.")
    words = models.TextField(
        blank=True, help_text="References of people and notes, in small letters: for search."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_urgency_is_a_response",
                condition=Q(urgency__gte=0, urgency__lt=len(RESPONSES)),
            ),
            models.CheckConstraint(
                name="case_closed_with_an_outcome_and_a_review_date",
                condition=Q(status=Status.CLOSED, review_on__isnull=False) & ~Q(close_outcome="")
                | ~Q(status=Status.CLOSED) & Q(close_outcome="", review_on__isnull=True),
            ),
        ]
        indexes = [
            # The order of the queue, most urgent first and then oldest first.
            models.Index(fields=["organisation", "-urgency", "submitted_at", "id"]),
            models.Index(fields=["status", "review_due_at"]),
            models.Index(fields=["organisation", "status", "retention_from"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @cached_property
    def assessment(self) -> "Assessment":
        """The newest assessment. Raises Case.DoesNotExist for a case that was deleted since."""
        return max(self._assessments, key=lambda assessment: assessment.version)

    @cached_property
    def first_assessment(self) -> "Assessment":
        """What was worked out when the case was submitted: what whoever reported it sees.

        Raises as `assessment` does.
        """
        return min(self._assessments, key=lambda assessment: assessment.version)

    @property
    def _assessments(self) -> list["Assessment"]:
        # Every case has one. Where there is none, the case went after its own row was read.
        if found := list(self.assessments.all()):
            return found
        raise Case.DoesNotExist

    @property
    def response(self) -> str:
        return RESPONSES[self.urgency]


class CaseFlag(models.Model):
    """A flag of the newest assessment, as a row: what the queue filters and counts by."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="flags")
    flag = models.CharField(max_length=30, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "flag"], name="case_flag_once")]

    def __str__(self) -> str:
        return self.flag
