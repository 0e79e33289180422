"""Counting whole years from a day."""

from datetime import date, timedelta


def years_later(day: date, years: int) -> date:
    """The same day so many years later, or earlier; 29 February is 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def latest_start(day: date, years: int) -> date:
    """The latest day from which so many years have passed on `day`."""
    start = years_later(day, -years)
    return start if years_later(start, years) <= day else start - timedelta(days=1)
