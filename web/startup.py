"""The last gate before the first request."""

from django.core.checks import ERROR, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connections


def refuse_unsafe_start() -> None:
    """Run every system check, the database's and the deployment's included.

    Raises ImproperlyConfigured, with what every failed check says, on an error.
    """
    messages = run_checks(include_deployment_checks=True, databases=["default"])
    errors = [message for message in messages if message.is_serious(ERROR)]
    # A server that forks after this must not share one connection between its children.
    connections.close_all()
    if errors:
        raise ImproperlyConfigured("\n".join(["Refusing to start:", *map(str, errors)]))
