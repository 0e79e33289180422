"""How soon a new case must be reviewed, as each organisation decides."""

from django.db import models

from triage.model.catalogue import RESPONSES


class Within(models.TextChoices):
    """How long after a case was recorded somebody must have reviewed it."""

    AT_ONCE = "at_once", "At once (late after 15 minutes)"
    ONE_HOUR = "one_hour", "Within an hour"
    SAME_DAY = "same_day", "The same day"
    NEXT_WORKING_DAY = "next_working_day", "By the end of the next working day"
    FIVE_WORKING_DAYS = "five_working_days", "Within five working days"


class ReviewTime(models.Model):
    """An organisation's own time for one response level; where it has none, the default holds."""

    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="review_times"
    )
    response = models.CharField(max_length=20, choices=[(r, r) for r in RESPONSES])
    within = models.CharField(max_length=20, choices=Within)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "response"], name="review_time_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.response}: {self.within}"
