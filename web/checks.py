"""What must be right before anything is served: the key, the addresses, the static files."""

import os
import re
import stat
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

SHORTEST_KEY = 50
LOOPBACK = re.compile(r"(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?|unix:.+")
STYLESHEET = "build/app.css"
SECRETS = ("SECRET_KEY", "MFA_KEY", "EMAIL_HOST_PASSWORD", "OIDC_PROVIDERS", "DATABASE_URL")
READ_OR_WRITE = stat.S_IROTH | stat.S_IWOTH
ENTER = stat.S_IXOTH


@register()
def secret_key_is_our_own(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E002`: outside the demo, SECRET_KEY is set, long, and not the demo's."""
    key = _key()
    if settings.DEMO:
        return []
    if key in ("", settings.DEMO_SECRET_KEY):
        problem = "SECRET_KEY is not set, or is the demo's."
    elif len(key) < SHORTEST_KEY:
        problem = f"SECRET_KEY has {len(key)} characters, and needs {SHORTEST_KEY} or more."
    else:
        return []
    hint = (
        f"Set it to {SHORTEST_KEY} or more random characters, for example from: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
    )
    return [Error(problem, hint=hint, id="web.E002")]


def _key() -> str:
    """The key, or "": Django refuses an empty one by an exception that does not say what to do."""
    try:
        return str(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return ""


@register()
def demo_is_served_here_alone(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E003`: anybody can read the demo's password, so none else may reach it."""
    if not settings.DEMO or LOOPBACK.fullmatch(settings.BIND):
        return []
    problem = f"The demo would listen on {settings.BIND}, which other machines can reach."
    return [Error(problem, hint="Unset BIND, or DEMO.", id="web.E003")]


@register(deploy=True)
def static_files_are_collected(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E004`: else every page would fail, for want of its stylesheet's address.

    Not while commands run: `migrate` may come before `collectstatic`. The server asks at start-up.
    """
    try:
        staticfiles_storage.url(STYLESHEET)
    except ValueError as error:
        hint = "Run `make setup`, then `manage.py collectstatic`."
        return [Error(f"Static files are not collected: {error}", hint=hint, id="web.E004")]
    return []


@register()
def links_are_https(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E005`: a link in mail may hold a token, and must not go in the clear."""
    if not settings.HTTPS or not settings.SITE_URL or settings.SITE_URL.startswith("https://"):
        return []
    problem = "SITE_URL does not begin with https://, and the site is served over HTTPS."
    return [Error(problem, hint="Begin it with https://.", id="web.E005")]


@register()
def hosts_are_named(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E006`: with any host allowed, a stranger chooses where links lead."""
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    hint = "List the names that people use, with commas between."
    return [Error("ALLOWED_HOSTS allows any host.", hint=hint, id="web.E006")]


@register()
def database_is_reached_safely(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E007`: to another machine, say whether its certificate is looked at.

    Unsaid, PostgreSQL's client takes any certificate and none: whoever stands between reads all.
    """
    database = settings.DATABASES["default"]
    host = database.get("HOST") or ""
    here = not host or host.startswith("/") or LOOPBACK.fullmatch(host)
    if here or "sslmode" in database.get("OPTIONS", {}):
        return []
    problem = f"The database is on {host}, and DATABASE_URL does not say how it is reached."
    hint = "End it with ?sslmode=verify-full&sslrootcert=/path/of/the/certificate."
    return [Error(problem, hint=hint, id="web.E007")]


@register(deploy=True)
def mail_is_encrypted(**kwargs: object) -> list[CheckMessage]:
    """System check `web.W001`: mail, and the password to the server, would go in the clear."""
    host = settings.EMAIL_HOST
    if not host or settings.EMAIL_USE_TLS or LOOPBACK.fullmatch(host):
        return []
    problem = f"Mail would go to {host} without encryption."
    return [Warning(problem, hint="Unset EMAIL_USE_TLS: it is on by default.", id="web.W001")]


@register(deploy=True)
def database_is_closed_to_others(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E008`: everybody who has an account on the machine could read all of it."""
    database = settings.DATABASES["default"]
    if settings.DEMO or not database["ENGINE"].endswith("sqlite3"):
        return []
    file = Path(database["NAME"])
    reached = all(_others_may(folder, ENTER) for folder in file.absolute().parents)
    if not (reached and _others_may(file, READ_OR_WRITE)):
        return []
    problem = f"Everybody on this machine can open the database {file}."
    return [Error(problem, hint=f"Run: chmod 700 {file.parent}", id="web.E008")]


@register(deploy=True)
def keys_are_closed_to_others(**kwargs: object) -> list[CheckMessage]:
    """System check `web.W002`: a warning, because some platforms give files no other rights."""
    files = ((name, os.environ.get(f"{name}_FILE")) for name in SECRETS)
    return [
        Warning(
            f"Everybody on this machine can read {name}_FILE.",
            hint="Let its owner and the service's group alone read it: chmod 640.",
            id="web.W002",
        )
        for name, path in files
        if path and _others_may(Path(path), READ_OR_WRITE)
    ]


def _others_may(path: Path, what: int) -> bool:
    """False for what is not there, or cannot be looked at."""
    try:
        return bool(path.stat().st_mode & what)
    except OSError:
        return False
