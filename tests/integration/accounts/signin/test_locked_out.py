"""Guessing wrong on purpose keeps nobody out who is elsewhere, and many networks do not help."""

import pytest

from tests.integration.accounts.signin.people import is_signed_in
from tests.integration.accounts.test_sign_in import sign_in

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "203.0.113.9", "198.51.100.7"


def tried(client, user, address: str, **typed: str) -> int:
    client.defaults["REMOTE_ADDR"] = address
    return sign_in(client, user.email, **typed).status_code


@pytest.fixture
def guessed(client, teacher):
    """Somebody guesses until they may not any more."""
    statuses = [tried(client, teacher, HERE, password="wrong") for _ in range(6)]
    assert statuses == [200] * 5 + [429]
    return teacher


def test_whose_password_was_guessed_at_signs_in_from_elsewhere(client, guessed):
    assert tried(client, guessed, ELSEWHERE) == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("near", [HERE, "203.0.113.10", "::ffff:203.0.113.254"])
def test_another_address_of_the_same_network_is_no_other_place(client, guessed, near):
    assert tried(client, guessed, near) == 429
    assert not is_signed_in(client)


def test_so_it_is_with_longer_addresses(client, teacher):
    near = [f"2001:db8:1:{n}::1" for n in range(6)]
    statuses = [tried(client, teacher, address, password="wrong") for address in near]
    assert statuses == [200] * 5 + [429]
    assert tried(client, teacher, "2001:db8:2::1") == 302


def test_from_many_networks_there_is_an_end_too(client, teacher):
    networks = [f"10.0.{n}.1" for n in range(25)]
    statuses = [
        tried(client, teacher, address, password="wrong") for address in networks for _ in (1, 2)
    ]
    assert statuses == [200] * 50
    assert tried(client, teacher, ELSEWHERE) == 429
    assert not is_signed_in(client)


def test_capital_letters_are_no_other_person(client, guessed):
    client.defaults["REMOTE_ADDR"] = HERE
    assert sign_in(client, guessed.email.upper()).status_code == 429
