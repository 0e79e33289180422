"""How soon a new case must be reviewed: the manager sets it for the organisation."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import Organisation, User
from audit.acts import Act
from audit.recorder import record
from referrals.models import ReviewTime, Within


@transaction.atomic
def save_review_times(*, organisation: Organisation, times: Mapping[str, Within], by: User) -> None:
    """Keep a time for each response level given. They count for cases recorded from now on."""
    # "No key": a submission that has the audit locked looks whether the organisation is there.
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    for response, within in times.items():
        ReviewTime.objects.update_or_create(
            organisation=locked, response=response, defaults={"within": within}
        )
    record(by=by, action=Act.REVIEW_TIMES_SAVED, obj=locked, organisation=locked)
