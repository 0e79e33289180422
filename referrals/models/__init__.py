"""Cases: what was recorded, what was recommended, what was decided and done."""

from referrals.models.assessment import Assessment
from referrals.models.case import UNREVIEWED, Basis, Case, CaseFlag, Status
from referrals.models.event import Event, EventKind
from referrals.models.identity import Comparison, Identity, KnownPerson
from referrals.models.last_saved import LastSaved
from referrals.models.recommendation import Recommendation
from referrals.models.retention import DeletedBecause, LegalHold, RetentionRule, Tombstone
from referrals.models.review_time import ReviewTime, Within

__all__ = [
    "UNREVIEWED",
    "Assessment",
    "Basis",
    "Case",
    "CaseFlag",
    "Comparison",
    "DeletedBecause",
    "Event",
    "EventKind",
    "Identity",
    "KnownPerson",
    "LastSaved",
    "LegalHold",
    "Recommendation",
    "RetentionRule",
    "ReviewTime",
    "Status",
    "Tombstone",
    "Within",
]
