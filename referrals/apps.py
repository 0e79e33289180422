from django.apps import AppConfig

from audit.guards import Guard

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


class ReferralsConfig(AppConfig):
    name = "referrals"
    default_auto_field = "django.db.models.BigAutoField"
    guards = [
        Guard("referrals_case", CASE_FIXED),
        Guard("referrals_assessment"),
        Guard("referrals_recommendation", RECOMMENDATION_FIXED),
        Guard("referrals_event"),
        Guard("referrals_comparison"),
    ]
