"""Typed reads of environment variables: the only place settings come from."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """What the file that NAME_FILE points at holds, or the variable, or the default.

    An empty variable is as if not given. A file with nothing in it raises ImproperlyConfigured:
    somebody meant it to hold something, and the default would be something else.
    """
    path = os.environ.get(f"{name}_FILE")
    if not path:
        return os.environ.get(name) or default
    value = Path(path).read_text(encoding="utf-8").strip()
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE names a file with nothing in it: {path}")
    return value


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable. Raises ImproperlyConfigured for anything else."""
    value = text(name, "yes" if default else "no")
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name} must be one of yes, no, true, false, 1, 0; it is {value!r}")


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def address() -> str:
    """Where the server listens: BIND, or PORT on this machine alone."""
    return text("BIND", f"127.0.0.1:{text('PORT', '8000')}")
