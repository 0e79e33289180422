"""When the youngest child was born at the latest, from what is known. It errs on keeping longer."""

from datetime import date

import pytest

from referrals.retention.years import latest_start, years_later
from referrals.retention.youngest import Youngest, youngest

DAY = date(2026, 11, 24)
LATER = date(2027, 3, 1)


def said(day=DAY, **ages):
    return day, {key: {"age": age} for key, age in ages.items()}


def born(*versions, recorded=DAY, **cards):
    return youngest(versions, cards, recorded)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (15, date(2011, 11, 24)),
        (0, DAY),
        (17, date(2009, 11, 24)),
        ("13_to_17", date(2013, 11, 24)),
        ("under_13", DAY),
    ],
)
def test_an_age_counts_as_if_that_birthday_had_just_been(age, expected):
    assert born(said(a=age)) == Youngest(expected, "age")


@pytest.mark.parametrize("age", [18, 40, "adult"])
def test_adults_are_no_child(age):
    assert born(said(a=age)) is None
    assert born(said(a=age, b=16)) == Youngest(date(2010, 11, 24), "age")


def test_where_no_childs_age_is_known_there_is_no_day():
    assert born(said(a="unknown")) is None
    assert born(said(a="unknown", b="adult"), b=date(1980, 1, 1)) is None


@pytest.mark.parametrize("cards", [{}, {"b": date(2010, 1, 1)}])
def test_whoever_is_of_unknown_age_may_be_younger_than_a_child_of_known_age(cards):
    assert born(said(a="unknown", b=16), **cards) == Youngest(DAY, "unknown")
    assert born(said(b=16), said(LATER, a="unknown", b=16), **cards) == Youngest(LATER, "unknown")


def test_a_card_or_an_answer_says_that_they_are_not():
    card = {"a": date(1980, 1, 1)}
    assert born(said(a="unknown", b=16), **card) == Youngest(date(2010, 11, 24), "age")
    assert born(said(a="unknown", b=16), said(LATER, a="adult", b=16)).basis == "age"
    assert born(said(a="unknown", b=16), said(LATER, a=17, b=16)).basis == "age"


def test_a_child_born_after_the_unknown_was_listed_still_counts():
    assert born(said(a="unknown"), b=LATER) == Youngest(LATER, "unknown")


def test_a_card_counts_before_the_age_of_the_same_person():
    assert born(said(a=15), a=date(2011, 2, 3)) == Youngest(date(2011, 2, 3), "born")


def test_the_youngest_of_all_counts_whether_by_card_or_by_age():
    card = {"a": date(2010, 1, 1)}
    assert born(said(a=16, b=13), **card) == Youngest(date(2013, 11, 24), "age")
    assert born(said(a=16, b=17), **card) == Youngest(date(2010, 1, 1), "born")


def test_the_card_of_an_adult_is_no_childs():
    assert born(said(a="adult"), a=date(1980, 1, 1)) is None
    assert born(said(a=15), a=date(1980, 1, 1)) is None


def test_who_was_a_child_when_it_was_recorded_is_one_for_good():
    nearly, just = date(2008, 11, 25), date(2008, 11, 24)
    assert born(said(a="unknown"), a=nearly) == Youngest(nearly, "born")
    assert born(said(a="unknown"), a=just) is None


def test_an_age_counts_from_the_day_it_was_first_said():
    assert born(said(a=15), said(LATER, a=15)) == Youngest(date(2011, 11, 24), "age")
    assert born(said(a=15), said(LATER, a=14)) == Youngest(date(2013, 3, 1), "age")


def test_whoever_was_ever_listed_counts():
    assert born(said(a=15, b=9), said(LATER, a=15)) == Youngest(date(2017, 11, 24), "age")


def test_an_age_put_right_counts_as_it_was_put_right():
    assert born(said(a=9), said(LATER, a="adult")) is None


def test_29_february_is_1_march_where_there_is_none():
    assert years_later(date(2012, 2, 29), 25) == date(2037, 3, 1)
    assert years_later(date(2012, 2, 29), 24) == date(2036, 2, 29)


@pytest.mark.parametrize("years", [1, 4, 18, 25, 100])
def test_the_latest_start_is_the_last_day_that_many_years_have_passed_from(years):
    for day in (date(2037, 2, 28), date(2036, 2, 29), date(2037, 3, 1), date(2040, 12, 31)):
        start = latest_start(day, years)
        assert years_later(start, years) <= day
        after = date.fromordinal(start.toordinal() + 1)
        assert years_later(after, years) > day
