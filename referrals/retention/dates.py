"""When the retention of a case is to be reviewed. A case keeps from when it counts; the rest is
worked out when it is read, so that a changed rule holds at once for every case."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from referrals.models import Assessment, Basis, Case, Event, EventKind, Identity, RetentionRule
from referrals.retention.years import latest_start, years_later
from referrals.retention.youngest import youngest

COLUMNS = ("retention_from", "retention_basis")
SOON = timedelta(days=90)


@dataclass(frozen=True)
class Retention:
    """`review_on`: from then on the case may be deleted. `basis` says what that was taken from."""

    review_on: date
    basis: str

    @property
    def is_due(self) -> bool:
        return self.review_on <= timezone.localdate()


def count_from(case: Case, *, closed_on: date | None = None) -> None:
    """Set anew from when the retention of a case counts; the caller saves COLUMNS.

    `closed_on`: it is being closed now. Everything else is read anew from the database.
    """
    assessments = Assessment.objects.filter(case=case).order_by("version")
    cards = Identity.objects.filter(case=case).values_list("person_id", "date_of_birth")
    recorded = timezone.localdate(case.submitted_at)
    child = youngest(
        ((timezone.localdate(one.made_at), one.people) for one in assessments),
        {person_id: born for person_id, born in cards if born},
        recorded,
    )
    if child is None:
        case.retention_from = closed_on or _last_closed(case) or recorded
        case.retention_basis = Basis.NONE
    else:
        case.retention_from = child.born
        case.retention_basis = child.basis


def _last_closed(case: Case) -> date | None:
    closed = Event.objects.filter(case=case, kind=EventKind.CLOSED).order_by("-number").first()
    return timezone.localdate(closed.entered_at) if closed else None


def rule_of(organisation: Organisation) -> RetentionRule:
    """The organisation's own rule, or one not saved with the defaults."""
    found = RetentionRule.objects.filter(organisation=organisation).first()
    return found or RetentionRule(organisation=organisation)


def retention_of(case: Case, rule: RetentionRule) -> Retention:
    """The later of the rule's date and the one a lead decided on."""
    by_rule = years_later(case.retention_from, rule.counted(case.retention_basis))
    return Retention(max(by_rule, case.kept_until or by_rule), case.retention_basis)


def come_by(day: date, rule: RetentionRule) -> Q:
    """Which cases of an organisation with this rule are to be reviewed by that day."""
    of_basis = Q()
    for basis in Basis.values:
        start = latest_start(day, rule.counted(basis))
        of_basis |= Q(retention_basis=basis, retention_from__lte=start)
    return of_basis & (Q(kept_until=None) | Q(kept_until__lte=day))
