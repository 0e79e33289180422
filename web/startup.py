"""The last gate before the first request."""

from pathlib import Path
from urllib.parse import quote

from django.conf import settings
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


def make_no_database() -> None:
    """From now on SQLite opens a file that is there, and never makes one that is not.

    While the real file is away, for a moment or by mistake, an empty one would be taken for it; and
    what SQLite writes beside the empty one would spoil the real one when it comes back.
    """
    database = settings.DATABASES["default"]
    name = str(database["NAME"])
    if database["ENGINE"].endswith("sqlite3") and not name.startswith(("file:", ":")):
        database["NAME"] = f"file:{quote(str(Path(name).absolute()))}?mode=rw"
