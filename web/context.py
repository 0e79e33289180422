"""What every template can read."""

from django.conf import settings
from django.http import HttpRequest

from web.again import signed_in_again


def site(request: HttpRequest) -> dict[str, object]:
    """`service_name`; `demo`: whether these are demo data; `signed_in_again`: see web.again."""
    return {
        "service_name": settings.SERVICE_NAME,
        "demo": settings.DEMO,
        "signed_in_again": signed_in_again(request),
    }
