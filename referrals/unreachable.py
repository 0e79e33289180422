"""Restricted cases that nobody can open any more: all who are named left, or lost their role."""

import logging
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.queries import active_leads
from referrals.models import Case

log = logging.getLogger(__name__)
# On which day this process said it of a case last.
_said: dict[int, date] = {}


def unreachable_cases() -> QuerySet[Case]:
    """Closed ones, too: nobody could look at them again, or give anybody what is in them."""
    named = Case.named.through.objects.filter(case=OuterRef("pk"), user__in=active_leads())
    able = named.filter(user__organisation=OuterRef("organisation"))
    return Case.objects.filter(~Exists(able), restricted=True).order_by("pk")


def say_unreachable(now: datetime) -> None:
    """In the log, by reference alone, once a day for each: said every round it would bury the rest.

    No lead can be told: that would tell them of a case that they may not know of.
    """
    today = timezone.localtime(now).date()
    for case in unreachable_cases():
        if _said.get(case.pk) != today:
            log.error(
                "nobody who is named on case %s can open it any more: manage.py name_leads --help",
                case.reference,
            )
            _said[case.pk] = today
