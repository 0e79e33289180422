"""What the rest of Django does that sign-in has a part in."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.http import HttpRequest

from accounts.signin import notices, timing
from accounts.signin.views.passwords import path_of
from outbox import links


def connect() -> None:
    """Called once, by the app's `ready`."""
    links.register(notices.RESET, path_of)
    user_logged_in.connect(_begin_session, dispatch_uid="accounts.signin")
    post_migrate.connect(_make_table_of_limits, dispatch_uid="accounts.signin")


def _begin_session(request: HttpRequest, **kwargs: Any) -> None:
    """However somebody signs in, their time begins."""
    timing.begin(request.session)


def _make_table_of_limits(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """The cache's table is of no model, so no migration makes it. One that is there stays."""
    if app_config.label == "accounts":
        call_command("createcachetable", database=using, verbosity=0)
