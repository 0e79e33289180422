"""The case: what was recorded when a triage was submitted, and what is recommended.

What is recorded at submission is fixed from then on, in the database too (`guards` in apps.py).
"""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from guidance.content import Facts, Item, Kind
from triage.model.catalogue import RESPONSES


class Status(models.TextChoices):
    """Where a case stands with the safeguarding lead."""

    NEW = "new", "Received, not yet reviewed"


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
    urgency = models.PositiveSmallIntegerField(
        help_text="The response level as a number, 0 (low) to 4 (emergency): what lists sort by."
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.NEW)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_urgency_is_a_response",
                condition=Q(urgency__gte=0, urgency__lt=len(RESPONSES)),
            )
        ]
        indexes = [models.Index(fields=["organisation", "-urgency", "submitted_at"])]

    def __str__(self) -> str:
        return self.reference

    @cached_property
    def assessment(self) -> "Assessment":
        """The newest assessment."""
        return max(self.assessments.all(), key=lambda assessment: assessment.version)


class Assessment(models.Model):
    """What the tool worked out from the answers, by one edition of the guidance. Never changes."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(help_text="Canonical answers: triage.model.answers.")
    result = models.JSONField(help_text="triage.model.Assessment.as_json().")
    open_effects = models.JSONField(
        help_text="For each open answer, in order: its key, and what finding it out could change."
    )
    edition = models.ForeignKey("guidance.Edition", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="assessment_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.case}, assessment {self.version}"

    @property
    def facts(self) -> Facts:
        """The part of the result that recommendations rest on."""
        keys: dict[str, Any] = {key: self.result[key] for key in ("category", "subtype")}
        return Facts(**keys, flags=self.result["flags"], response=self.result["response"])

    @property
    def outcome(self) -> Item:
        """The guidance on this classification, from the edition the assessment was made with."""
        key = self.result["subtype"] or self.result["category"]
        return self.edition.content().item(Kind.OUTCOME, key)


class Recommendation(models.Model):
    """A procedure or a next step that was recommended for a case, and whether it is done."""

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", "Procedure"
        NEXT_STEP = "next_step", "Next step"

    class Progress(models.TextChoices):
        TO_DO = "to_do", "To do"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recommendations")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="recommendations"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=60, help_text="The item's key in the edition.")
    order = models.PositiveSmallIntegerField()
    progress = models.CharField(max_length=10, choices=Progress, default=Progress.TO_DO)

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind", "key"], name="recommendation_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
