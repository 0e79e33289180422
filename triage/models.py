"""The draft: what a member of staff has answered so far."""

import uuid
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from triage.model.route import Route, replay


class Draft(models.Model):
    """One triage, from its first question until it is submitted or discarded.

    `answers` is what `triage.model.route` calls stored answers: declared, cleaned values alone.
    A draft is never deleted here: discarded, it stays readable for the safeguarding lead, until one
    of them deletes it (referrals.retention.discarded).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, related_name="drafts"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="drafts"
    )
    edition = models.ForeignKey("guidance.Edition", on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0, help_text="Goes up by one at each save.")
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    discard_reason = models.TextField(blank=True)
    # A draft that changes the answers of a case: a safeguarding lead's copy of them.
    amends = models.CharField(max_length=12, blank=True, help_text="The case's reference.")
    amends_version = models.PositiveSmallIntegerField(
        null=True, help_text="The assessment whose answers were copied, or last compared with."
    )
    amend_reason = models.TextField(blank=True)
    restricted = models.BooleanField(
        default=False, help_text="Its case is restricted: for its owner and those named alone."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="draft_discarded_by_someone_for_a_reason",
                condition=Q(discarded_at__isnull=True, discarded_by__isnull=True, discard_reason="")
                | Q(discarded_at__isnull=False, discarded_by__isnull=False) & ~Q(discard_reason=""),
            ),
            models.CheckConstraint(
                name="draft_not_both_submitted_and_discarded",
                condition=Q(submitted_at__isnull=True) | Q(discarded_at__isnull=True),
            ),
            models.CheckConstraint(
                name="draft_amends_a_version_for_a_reason",
                condition=Q(amends="", amends_version__isnull=True, amend_reason="")
                | Q(amends_version__isnull=False) & ~Q(amends="") & ~Q(amend_reason=""),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "submitted_at", "discarded_at"])]

    def __str__(self) -> str:
        return str(self.id)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self.__dict__.pop("route", None)

    def put(self, answers: dict[str, Any]) -> None:
        """Take these answers, not yet saved; the route is worked out anew from them."""
        self.answers = answers
        self.__dict__.pop("route", None)

    @property
    def is_open(self) -> bool:
        return self.submitted_at is None and self.discarded_at is None

    @cached_property
    def route(self) -> Route:
        """The pages that apply now, and the answers that count."""
        return replay(self.answers)

    @property
    def notes(self) -> str:
        return self.answers.get("notes", "")

    @property
    def people(self) -> list[dict[str, Any]]:
        """The people listed, each with its `id`."""
        return self.answers.get("people", [])

    def person(self, person_id: str) -> dict[str, Any] | None:
        return next((p for p in self.people if p["id"] == person_id), None)
