from django.apps import AppConfig

from audit.guards import Guard
from audit.triggers import Permit

CASE_FIXED = (
    "reference",
    "organisation_id",
    "draft_id",
    "submitted_by_id",
    "submitted_at",
    "sent_early",
    "notes",
)
RECOMMENDATION_FIXED = ("case_id", "assessment_id", "kind", "key", "text", "order")


def _tombstone(*keys: str, via: str = "") -> Permit:
    """Rows of a case go with the case alone, and only once its tombstone stands (decision 9)."""
    return Permit("referrals_tombstone", "case_id", keys, via)


OF_ITS_CASE = _tombstone("case_id")


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
    guards = [
        Guard("referrals_case", CASE_FIXED, permit=_tombstone("id")),
        Guard("referrals_assessment", permit=OF_ITS_CASE),
        Guard("referrals_recommendation", RECOMMENDATION_FIXED, permit=OF_ITS_CASE),
        Guard("referrals_event", permit=OF_ITS_CASE),
        Guard(
            "referrals_comparison",
            permit=_tombstone("one_id", "other_id", via="referrals_identity"),
        ),
        Guard("referrals_tombstone"),
    ]
