"""Every address of the product, as the URLconf itself gives them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """`name` is what `reverse` takes; `parts` are the names of the parameters of its path."""

    name: str
    route: str
    parts: tuple[str, ...]
    pattern: URLPattern


def addresses() -> list[Address]:
    """In the order of the URLconf, what it includes from other packages too."""
    return list(_walk(get_resolver().url_patterns))


def _walk(
    patterns: list[URLPattern | URLResolver], before: str = "/", space: str = ""
) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
        else:
            parts = tuple(pattern.pattern.regex.groupindex)
            yield Address(f"{space}{pattern.name}", route, parts, pattern)
