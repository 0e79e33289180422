"""Settings and addresses for a server that fails on request, holding what nobody may read.

Every record goes to a second file as well, in Python's own format: what would be told by that.
"""

import os
import warnings

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from config.settings import *  # noqa: F403
from config.settings import LOGGING

ROOT_URLCONF = __name__
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Named as they are: there is nothing to collect first.
STORAGES = {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING["formatters"]["plain"] = {"format": "%(name)s %(message)s"}
LOGGING["handlers"]["plain"] = {
    "class": "logging.FileHandler",
    "filename": os.environ["PLAIN_LOG"],
    "formatter": "plain",
}
LOGGING["root"]["handlers"] = ["console", "plain"]
LOGGING["loggers"]["django.request"] = {"level": "WARNING"}


class Unprintable:
    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        raise LookupError(self.name)


def broken(request: HttpRequest, how: str) -> HttpResponse:
    name = request.GET["name"]
    if how == "value":
        int(name)
    if how == "row":
        from accounts.models import User

        User.objects.create_user(email=name)
    if how == "template":
        Template("{{ child }}").render(Context({"child": Unprintable(name)}))
    if how == "suspicious":
        raise SuspiciousOperation(name)
    if how == "denied":
        raise PermissionDenied(name)
    if how == "warning":
        warnings.warn(name, RuntimeWarning, stacklevel=1)
    return HttpResponse(how)


def __getattr__(name: str) -> object:
    """As the addresses: those of the product and one more. They load once the apps have."""
    if name == "urlpatterns":
        from config import urls

        return [path("break/<slug:how>/", broken), *urls.urlpatterns]
    if name.startswith("handler"):
        from config import urls

        return getattr(urls, name)
    raise AttributeError(name)
