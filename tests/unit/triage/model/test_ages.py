"""What an age says."""

import pytest

from triage.model.ages import band_of, known_adult


@pytest.mark.parametrize("years", range(121))
def test_the_band_of_every_age(years):
    band = "under_13" if years <= 12 else "13_to_17" if years <= 17 else "adult"
    assert band_of(years) == band
    assert known_adult(years) == known_adult(band) == (years >= 18)


@pytest.mark.parametrize("age", ["unknown", "under_13", "13_to_17"])
def test_what_is_not_known_to_be_an_adult(age):
    assert not known_adult(age)
