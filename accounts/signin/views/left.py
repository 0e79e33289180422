"""How long one stays signed in, for the script that warns of it (frontend/time-left.js)."""

import time

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_http_methods

from accounts.signin import timing


@require_http_methods(["GET", "HEAD", "POST"])
def time_left(request: HttpRequest) -> JsonResponse:
    """In seconds; 0 for somebody who is not signed in. POST is "I am still here"."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0, "more": False})
    if request.method == "POST":
        timing.touch(request.session, now=True)
    limits = timing.limits(request.session)
    return JsonResponse({"left": max(0, limits.end - time.time()), "more": limits.can_be_put_off})
