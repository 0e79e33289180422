"""Editions of the guidance, and the items each holds."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from guidance.content import EditionContent, Kind
from guidance.rows import content_of


class Edition(models.Model):
    """All guidance text at one time. A case keeps the edition it was given.

    Once published it does not change; what changes is a new edition.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    number = models.PositiveIntegerField(unique=True)
    title = models.TextField()
    note = models.TextField()
    # The date the edition bears; when it took effect here is `published_at`.
    dated = models.DateField()
    status = models.CharField(max_length=16, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="published"),
                name="guidance_one_edition_is_published",
            ),
            models.CheckConstraint(
                condition=Q(status="draft", published_at__isnull=True)
                | Q(status__in=["published", "archived"], published_at__isnull=False),
                name="guidance_published_edition_says_when",
            ),
        ]

    # Held for the life of the process. The time of publishing is part of the key, so that a
    # database put back from a backup, or a test's, is not answered from another one.
    _published: ClassVar[dict[tuple[int, datetime], EditionContent]] = {}

    def __str__(self) -> str:
        return f"Edition {self.number}"

    def content(self) -> EditionContent:
        """The edition as plain values: one query, and none once it is published and was read."""
        if self.published_at is None:
            return content_of(self)
        key = (self.pk, self.published_at)
        if key not in self._published:
            self._published[key] = content_of(self)
        return self._published[key]


class Item(models.Model):
    """One text of an edition. What each column means is said at `guidance.content.Item`."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.folder) for kind in Kind])
    key = models.CharField(max_length=64)
    order = models.PositiveIntegerField()
    title = models.TextField()
    body = models.TextField()
    source = models.TextField()
    checked = models.DateField()
    check_by = models.DateField()
    check_locally = models.TextField(blank=True)
    short = models.TextField(blank=True)
    hint = models.TextField(blank=True)
    link = models.TextField(blank=True)
    # The keys of the front matter that apply: when, unless, from_flags.
    conditions = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["kind", "order", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "key"], name="guidance_one_text_for_a_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
