"""References: what a record calls people, whom it does not name.

Source: the triage model, section 1: initials, or the setting's own reference.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count

NOBODY_YET = "Not yet identified"
# Letters, numbers, punctuation and symbols: what can be seen when it stands alone.
VISIBLE = "LNPS"


def is_blank(ref: str) -> bool:
    """Whether there is nothing to see in it."""
    return not any(unicodedata.category(letter)[0] in VISIBLE for letter in ref)


def same_ref(ref: str, other: str) -> bool:
    """Whether two references read alike."""
    return _as_read(ref) == _as_read(other)


def is_nobody_yet(ref: str) -> bool:
    """Whether the reference says that nobody knows yet who it is: the first such, or a numbered."""
    return bool(re.fullmatch(rf"{NOBODY_YET.casefold()}( [0-9]+)?", _as_read(ref)))


def next_nobody(taken: Iterable[str]) -> str:
    """What to call one more person whom nobody has identified, beside the references taken."""
    read = {_as_read(ref) for ref in taken}
    names = chain([NOBODY_YET], (f"{NOBODY_YET} {number}" for number in count(2)))
    return next(name for name in names if _as_read(name) not in read)


def _as_read(ref: str) -> str:
    """The reference without what tells people nothing apart: case, spacing, unseen letters."""
    letters = unicodedata.normalize("NFKC", ref)
    seen = "".join(letter for letter in letters if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split()).casefold()
