"""What is decided about how long cases are kept: the rule, a legal hold, keeping one longer."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from audit.acts import Act
from audit.recorder import record
from referrals.chronology import add_event, lock_case
from referrals.models import Case, EventKind, LegalHold, RetentionRule
from referrals.retention.dates import retention_of, rule_of
from referrals.states import NotNow

HELD_ALREADY = "This case is on legal hold already."
NOT_HELD = "This case is not on legal hold."
NO_LATER = "The case is kept until then already. Enter a later day."


@transaction.atomic
def save_rule(*, organisation: Organisation, birthday: int, years: int, by: User) -> None:
    """It holds for every case of the organisation from now on, those that are there too."""
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    RetentionRule.objects.update_or_create(
        organisation=locked, defaults={"birthday": birthday, "years": years}
    )
    record(by=by, action=Act.RETENTION_SAVED, obj=locked, organisation=locked)


@transaction.atomic
def set_hold(*, case: Case, reason: str, seen: int, by: User) -> None:
    """From now on the case cannot be deleted. Raises Changed and NotNow, as all of these do."""
    current = lock_case(case, seen=seen, by=by)
    if held(current):
        raise NotNow(HELD_ALREADY)
    LegalHold.objects.create(case=current, reason=reason, set_by=by, set_at=timezone.now())
    add_event(current, EventKind.HELD, by=by, data={"reason": reason})


@transaction.atomic
def lift_hold(*, case: Case, reason: str, seen: int, by: User) -> None:
    current = lock_case(case, seen=seen, by=by)
    if not held(current):
        raise NotNow(NOT_HELD)
    LegalHold.objects.filter(case=current).delete()
    add_event(current, EventKind.HOLD_LIFTED, by=by, data={"reason": reason})


def held(case: Case) -> bool:
    """Whether it is on legal hold, asked anew."""
    return LegalHold.objects.filter(case=case).exists()


@transaction.atomic
def keep_longer(*, case: Case, until: date, reason: str, seen: int, by: User) -> None:
    """Put off the review of its retention. NotNow for a day that puts nothing off."""
    current = lock_case(case, seen=seen, by=by)
    before = retention_of(current, rule_of(current.organisation)).review_on
    if until <= max(before, timezone.localdate()):
        raise NotNow(NO_LATER)
    current.kept_until = until
    current.save(update_fields=["kept_until"])
    data = {"until": until.isoformat(), "reason": reason}
    add_event(current, EventKind.KEPT, by=by, data=data)
