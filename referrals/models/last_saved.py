"""What each person saved last on a case: so that a second click on the button is known as one."""

from django.conf import settings
from django.db import models


class LastSaved(models.Model):
    """One row for a person and a case, written over each time. It is no record of anything.

    `digest` stands for what was posted and where, and gives none of it away (referrals.twice).
    `number` is the newest entry of the case when that was saved.
    """

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "by"], name="last_saved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case}, {self.by}: saved at entry {self.number}"
