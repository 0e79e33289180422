"""What every page can say about how long one stays signed in."""

import time
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts.signin import timing


def time_left(request: HttpRequest) -> dict[str, object]:
    """`signed_in_until`: a time. `seconds_left`, `warn_before`: for the script that warns."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    end = timing.limits(request.session).end
    return {
        "signed_in_until": datetime.fromtimestamp(end, tz=timezone.get_current_timezone()),
        "seconds_left": max(0, int(end - time.time())),
        "warn_before": settings.SIGNED_IN_WARNING,
    }
