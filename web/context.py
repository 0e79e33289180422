"""What every template can read."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """`service_name`, and `demo`: whether these are demo data."""
    return {"service_name": settings.SERVICE_NAME, "demo": settings.DEMO}
