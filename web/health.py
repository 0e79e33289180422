"""Whether the process is up (`/healthz`), and whether it can serve (`/readyz`)."""

from collections.abc import Callable

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def migrations_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


# name -> check. An app above this one adds its own in AppConfig.ready.
readiness: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_applied,
}


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """The process answers. Looks at nothing else, so that a dead database restarts nobody."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if every part is ready, else 503; the body names each part: true or false.

    Where the database does not answer, nothing else is asked of it: each would wait as long.
    """
    parts: dict[str, bool] = {}
    for name, check in readiness.items():
        parts[name] = parts.get("database", True) and _holds(check)
    ready = all(parts.values())
    status = "ok" if ready else "unavailable"
    return JsonResponse({"status": status, **parts}, status=200 if ready else 503)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Error:
        return False
