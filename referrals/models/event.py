"""The chronology of a case: one row for everything that was done, decided or written down.

A row never changes, and goes only with its whole case (`guards` in apps.py). A mistake is put right
by an addendum that points back to it.
"""

from django.conf import settings
from django.db import models


class EventKind(models.TextChoices):
    """What can stand in a chronology. The values are stored for ever: add, never rename."""

    RECEIVED = "received", "Case recorded"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ESCALATED = "escalated", "Sent on to the deputies"
    ASSIGNED = "assigned", "Assigned"
    REVIEWED = "reviewed", "Reviewed"
    AMENDED = "amended", "Answers changed"
    PLAN = "plan", "Plan changed"
    REFERRAL = "referral", "Referral made"
    REFERRAL_NEWS = "referral_news", "News of a referral"
    NOT_REFERRED = "not_referred", "Decision not to refer"
    MEETING = "meeting", "Initial review meeting"
    PARENTS = "parents", "Contact with parents or carers"
    SUPPORT = "support", "Support for a child, and impact on them"
    DEVICE = "device", "Device held or handed over"
    VIEWING = "viewing", "Whether imagery was viewed"
    DELETION = "deletion", "Deletion asked for or confirmed"
    SHARING = "sharing", "Information shared"
    NOTE = "note", "Note"
    ADDENDUM = "addendum", "Addendum"
    IDENTITY = "identity", "Identity card changed"
    RESTRICTED = "restricted", "Restricted to named people"
    UNRESTRICTED = "unrestricted", "Restriction lifted"
    CLOSED = "closed", "Closed"
    REOPENED = "reopened", "Reopened"
    HELD = "held", "Put on legal hold"
    HOLD_LIFTED = "hold_lifted", "Legal hold lifted"
    KEPT = "kept", "Kept longer"


class Event(models.Model):
    """One row of a chronology.

    `data` holds the answers of the entry's form (referrals.records) by key: words, or lists of
    words. `words` is all of it in small letters, for search.
    """

    case = models.ForeignKey("Case", on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(help_text="1, 2, 3 ... within the case.")
    kind = models.CharField(max_length=20, choices=EventKind)
    data = models.JSONField(default=dict)
    words = models.TextField(blank=True)
    about = models.ForeignKey(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="later",
        help_text="The entry that this one corrects, or the referral that it is news of.",
    )
    happened_at = models.DateTimeField(help_text="When it happened, as whoever wrote it says.")
    entered_at = models.DateTimeField(help_text="When it was written down.")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Null where nobody acted: the timer.",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="event_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case}, entry {self.number}"
