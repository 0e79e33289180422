"""How often a secret may be tried or asked for. Counted in the cache that all processes share.

The page that says so (templates/429.html) names five minutes: no limit here lasts longer.
"""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from typing import Concatenate, ParamSpec

from allauth.core.internal import ratelimit
from django.http import HttpRequest
from django.http.response import HttpResponseBase

P = ParamSpec("P")

# allauth's own stand beside these: passwords, and codes of the second step. A whole school may come
# from one address: where nothing can be guessed, the limit is wide.
LIMITS = {
    "sign_in_of_one": "50/5m/key",
    "passkey": "30/m/ip",
    "reset": "20/m/ip",
    "reset_for_one": "3/5m/key",
    "reset_link": "20/m/ip",
    "invitation": "20/m/ip",
    "provider": "60/m/ip",
    "change": "10/m/user",
}


def network_of(address: str) -> str:
    """What a household or a school has of addresses: whoever has one has its neighbours."""
    given = ip_address(address)
    # A server that listens on both kinds at once writes the older one so: ::ffff:192.0.2.1
    place = getattr(given, "ipv4_mapped", None) or given
    return str(ip_network(f"{place}/{24 if place.version == 4 else 48}", strict=False))


def within(request: HttpRequest, action: str, key: str | None = None) -> bool:
    """Count one try. Whether it was allowed; one that was not does not count."""
    limits = {"app": "signin", "config": LIMITS, "limit_get": True}
    return bool(ratelimit.consume(request, action=action, key=key, **limits))


def limited(
    action: str, *, methods: tuple[str, ...] = ("POST",)
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """For a view: too many requests by one of these methods are answered 429, with a page."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def wrapped(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method in methods and not within(request, action):
                return ratelimit.respond_429(request)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
