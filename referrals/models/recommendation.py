"""The plan of a case: what was recommended, what was added, and how far each is."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Recommendation(models.Model):
    """A procedure or next step of a case, and what became of it.

    What is recommended comes from an assessment, under a key of its edition. What a safeguarding
    lead added has words of its own instead.
    """

    class Kind(models.TextChoices):
        PROCEDURE = "procedure", "Procedure"
        NEXT_STEP = "next_step", "Next step"
        ADDED = "added", "Added step"

    class Progress(models.TextChoices):
        TO_DO = "to_do", "To do"
        DONE = "done", "Done"
        NOT_NEEDED = "not_needed", "Not needed"

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="recommendations")
    assessment = models.ForeignKey(
        "Assessment", null=True, on_delete=models.PROTECT, related_name="recommendations"
    )
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=60, blank=True, help_text="The item's key in the edition.")
    text = models.CharField(max_length=300, blank=True, help_text="The words of an added step.")
    order = models.PositiveSmallIntegerField()
    progress = models.CharField(max_length=10, choices=Progress, default=Progress.TO_DO)
    reason = models.TextField(blank=True, help_text="Why it is not needed; or a word on it.")
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="steps"
    )
    due = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "kind", "key"], name="recommendation_once"
            ),
            models.CheckConstraint(
                name="recommendation_from_an_assessment_or_added",
                condition=Q(kind="added", assessment__isnull=True, key="") & ~Q(text="")
                | ~Q(kind="added") & Q(assessment__isnull=False, text="") & ~Q(key=""),
            ),
        ]
        indexes = [models.Index(fields=["progress", "due"])]

    def __str__(self) -> str:
        return self.key or self.text
