"""Case references: read aloud without mistakes, and not to be guessed."""

import secrets

from django.urls.converters import StringConverter

# No vowels (no words by accident), no 0/O, 1/I/L, 2/Z, 5/S, 8/B.
ALPHABET = "CDFGHJKMNPQRTVWXY34679"
LENGTH = 10


class ReferenceConverter(StringConverter):
    """The part of an address that is a reference. With anything else there it is no address."""

    regex = f"[{ALPHABET}]{{5}}-[{ALPHABET}]{{5}}"


def new_reference() -> str:
    """For example `CK7QM-4TXPD`: 22 to the power of 10, more than 2.6e13 possible."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def as_written(text: str) -> str:
    """What somebody typed, as references are written: "ck7qm4txpd" is `CK7QM-4TXPD`."""
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    return f"{letters[:5]}-{letters[5:]}" if len(letters) == LENGTH else text.upper()
