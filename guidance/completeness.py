"""Whether an edition has a text for everything the product can show."""

from guidance.catalogue import REQUIRED
from guidance.content import Conditions, EditionContent, Kind

# Recommended by their own conditions, so one more of these is shown like the rest.
OPEN_KINDS = {Kind.PROCEDURE, Kind.NEXT_STEP, Kind.LAW}
RECOMMENDED = (Kind.PROCEDURE, Kind.NEXT_STEP)


def problems(edition: EditionContent) -> list[str]:
    """What keeps the edition from being published, one sentence each; empty when complete."""
    return [*_missing(edition), *_never_shown(edition)]


def _missing(edition: EditionContent) -> list[str]:
    found = [
        f"{kind.folder}: there is no text for {key}"
        for kind, keys in REQUIRED.items()
        for key in keys
        if not edition.has(kind, key)
    ]
    if not edition.of_kind(Kind.LAW):
        found.append("law: there is no law note")
    return found


def _never_shown(edition: EditionContent) -> list[str]:
    unknown = [
        f"{item.kind.folder}: nothing shows {item.key}"
        for item in edition
        if item.kind not in OPEN_KINDS and item.key not in REQUIRED[item.kind]
    ]
    idle = [
        f"{kind.folder}: {item.key} has no condition under which it is recommended"
        for kind in RECOMMENDED
        for item in edition.of_kind(kind)
        if item.when == Conditions()
    ]
    return [*unknown, *idle]
