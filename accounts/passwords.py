"""What makes a password easy to guess, beside being short (AUTH_PASSWORD_VALIDATORS).

No rule says which characters it must have, or may not have: such rules make passwords that people
write down. What is refused is what somebody who knows this place would try first.
"""

import re
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from accounts.models import User

# Words that say where this is used. Those of SERVICE_NAME and of the organisation come with them.
PLACE = "password passphrase welcome letmein school academy college nursery safeguarding dsl admin"
ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
NO_LETTERS = re.compile(r"[\W\d_]+")
SHORTEST_WORD = 3
FEWEST_LETTERS = 6
TOO_NEAR = (
    "This password is too easy to guess: it is made from names and words of this place. "
    "Add words that have nothing to do with it."
)


class CommonAtHeart(CommonPasswordValidator):
    """Refuses a common password with digits or signs around it, and one that is typed twice.

    The list's own passwords are mostly short. Made longer in this way, they are what is tried next.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        small = password.lower()
        for whole in (small, ENDS.sub("", small), NO_LETTERS.sub("", small)):
            half = whole[: len(whole) // 2]
            for tried in (whole, half) if whole == half * 2 else (whole,):
                super().validate(tried, user)


class NotOfThisPlace:
    """Refuses a password in which little is left without the words that everybody here knows."""

    def validate(self, password: str, user: User | None = None) -> None:
        left = password.lower()
        known = sorted(set(_known_words(user)), key=len, reverse=True)
        found = [word for word in known if word in left]
        for word in found:
            left = left.replace(word, " ")
        if found and len(NO_LETTERS.sub("", left)) < FEWEST_LETTERS:
            raise ValidationError(TOO_NEAR, code="password_of_this_place")

    def get_help_text(self) -> str:
        return "Do not make it from names and words of this place alone."


def _known_words(user: User | None) -> Iterator[str]:
    texts = [PLACE, settings.SERVICE_NAME]
    if user is not None:
        texts += [user.name, user.email]
        texts += [user.organisation.name] if user.organisation else []
    for word in re.split(r"[\W\d_]+", " ".join(texts).lower()):
        if len(word) >= SHORTEST_WORD:
            yield word
