"""Every address of the product. Names of the domain live in each app's own urls.py."""

from django.urls import include, path

from web.health import healthz, readyz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("", include("accounts.urls")),
    path("", include("guidance.urls")),
    # Before triage's, which takes any other word after a draft's id for the name of a page.
    path("", include("referrals.urls")),
    path("", include("triage.urls")),
]
handler400 = "web.errors.bad_request"
handler403 = "web.errors.forbidden"
handler404 = "web.errors.not_found"
handler500 = "web.errors.server_error"
