"""What the tool worked out for a case, one version for each set of answers. Never changes."""

from typing import Any

from django.conf import settings
from django.db import models

from guidance.content import Facts, Item, Kind


class Assessment(models.Model):
    """What the tool worked out from the answers, by one edition of the guidance. Never changes.

    Version 1 is of the answers as they were submitted; a later one is of answers that a
    safeguarding lead changed, with the reason why.
    """

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="assessments")
    version = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(help_text="Canonical answers: triage.model.answers.")
    result = models.JSONField(help_text="triage.model.Assessment.as_json().")
    open_effects = models.JSONField(
        help_text="For each open answer, in order: its key, and what finding it out could change."
    )
    person_ids = models.JSONField(
        default=list, help_text="The id of each person of the answers, in their order."
    )
    notes = models.TextField(blank=True, help_text="What was written with this version.")
    reason = models.TextField(blank=True, help_text="Why the answers were changed.")
    edition = models.ForeignKey("guidance.Edition", on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="assessment_version_once"),
            models.CheckConstraint(
                name="assessment_changed_for_a_reason",
                condition=models.Q(version=1, reason="")
                | models.Q(version__gt=1) & ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case}, assessment {self.version}"

    @property
    def facts(self) -> Facts:
        """The part of the result that recommendations rest on."""
        keys: dict[str, Any] = {key: self.result[key] for key in ("category", "subtype")}
        return Facts(**keys, flags=self.result["flags"], response=self.result["response"])

    @property
    def classification(self) -> str:
        """The sub-type where there is one, else the category."""
        return str(self.result["subtype"] or self.result["category"])

    @property
    def outcome(self) -> Item:
        """The guidance on this classification, from the edition the assessment was made with."""
        return self.edition.content().item(Kind.OUTCOME, self.classification)

    @property
    def people(self) -> dict[str, dict[str, Any]]:
        """The people of the answers by id, in their order.

        A case recorded before ids were kept numbers them.
        """
        people = self.answers["people"]
        ids = self.person_ids or [str(number) for number in range(len(people))]
        return dict(zip(ids, people, strict=True))
