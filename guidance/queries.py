"""Reads of the guidance. It is the service's own, the same for every organisation."""

from guidance.errors import NoPublishedGuidance
from guidance.models import Edition


def current_edition() -> Edition:
    """The published edition. Raises NoPublishedGuidance if there is none."""
    edition = Edition.objects.filter(status=Edition.Status.PUBLISHED).first()
    if edition is None:
        raise NoPublishedGuidance("no edition of the guidance is published")
    return edition


def has_published_guidance() -> bool:
    """For the readiness check."""
    return Edition.objects.filter(status=Edition.Status.PUBLISHED).exists()
