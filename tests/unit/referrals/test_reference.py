"""References: how they are made, typed and found in addresses."""

import re

import pytest

from referrals.reference import ReferenceConverter, as_written, new_reference


@pytest.mark.parametrize("_", range(50))
def test_every_reference_that_is_made_is_an_address(_):
    assert resolves(new_reference())


@pytest.mark.parametrize(
    "text",
    [
        *("\0", "CK7QM-4TXP\0", "CK7QM-4TXPD\n", "CK7QM4TXPD", "ck7qm-4txpd", "CK7QM-4TXPDD"),
        *("AK7QM-4TXPD", "0K7QM-4TXPD", "search", "", "CK7QM–4TXPD", "CK7Q?-4TXPD"),
    ],
)
def test_nothing_else_is(text):
    assert not resolves(text)


def resolves(text):
    return re.fullmatch(ReferenceConverter.regex, text) is not None


def test_it_may_be_typed_as_people_type():
    assert as_written("ck7qm 4txpd") == "CK7QM-4TXPD"
    assert as_written("a word") == "A WORD"
