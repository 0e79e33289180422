"""E-mail waiting to be sent: a row written in the transaction of what it tells of."""

import uuid

from django.conf import settings
from django.db import models


class Message(models.Model):
    """One e-mail to one person. It holds no personal data: a link that asks to sign in, or the
    place of one that works once (outbox/links.py).

    The address is read when it is sent, so that one changed meanwhile is the one used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    key = models.CharField(
        max_length=200, unique=True, help_text="What it tells whom: queued twice, it is sent once."
    )
    queued_at = models.DateTimeField()
    try_at = models.DateTimeField(help_text="Not before this time.")
    tries = models.PositiveIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, help_text="Being sent by a process since.")
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True, help_text="Not sent: the person was deactivated.")

    class Meta:
        indexes = [models.Index(fields=["sent_at", "dropped_at", "try_at"])]

    def __str__(self) -> str:
        return str(self.id)
