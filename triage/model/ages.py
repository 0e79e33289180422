"""What an age says, whether it is given in years or as a band.

Source: the triage model, section 2.
"""

ADULT = 18
TEEN = 13


def known_adult(age: int | str) -> bool:
    """Whether the age alone says 18 or over; unknown says nothing."""
    return age >= ADULT if isinstance(age, int) else age == "adult"


def band_of(years: int) -> str:
    """The band that an age in years falls in."""
    return "under_13" if years < TEEN else "13_to_17" if years < ADULT else "adult"
