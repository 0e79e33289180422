"""Which passwords are refused, and that no kind of character is asked for or forbidden."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import Organisation, User

SOMEBODY = User(
    name="Oakley Featherstone",
    email="o.featherstone@hillcrest.example",
    organisation=Organisation(name="Hillcrest Primary School"),
)


def said_of(password: str) -> list[str]:
    try:
        validate_password(password, SOMEBODY)
    except ValidationError as error:
        return [each.code for each in error.error_list]
    return []


@pytest.mark.parametrize(
    "password",
    [
        "violet-anchor-teapot",
        "violet anchor teapot",
        "violetanchorteapot",
        "VIOLETANCHORTEAPOT",
        "804629173356281907",
        "!?;:+=()[]{}<>~#@&",
        "фиолетовый чайник якорь",
        "紫色の茶瓶と錨と雲と山と川と海",
        "  spaces at both ends  ",
        "v" * 3 + "iolet anchor teapot" * 30,
        "triage of the violet teapot",
        "Hillcrest has a violet teapot",
    ],
)
def test_any_characters_will_do_if_nobody_would_guess_them(password):
    assert said_of(password) == []


@pytest.mark.parametrize("password", ["", "v", "violetteapo", "7?kX!a;Q2~z"])
def test_fewer_than_twelve_characters_are_too_few(password):
    assert "password_too_short" in said_of(password)


@pytest.mark.parametrize(
    "password",
    [
        "1q2w3e4r5t6y",  # on the list itself
        "butterfly2026!",
        "!!butterfly!!",
        "Butterfly1234",
        "sunshinesunshine",
        "12sunshinesunshine34",
        "liverpool-liverpool",
        "123456123456",
        "123456789123456789",
        "111111111111",
    ],
)
def test_a_common_one_made_longer_is_still_common(password):
    assert "password_too_common" in said_of(password)


@pytest.mark.parametrize(
    "password",
    [
        "HillcrestPrimary1!",
        "hillcrest-school-2026",
        "SafeguardingHillcrest",
        "Image Incident Triage",
        "triagetriagetriage",
        "FeatherstoneOakley99",
        "welcome-to-hillcrest",
        "dsl@hillcrest.example",
    ],
)
def test_one_made_of_what_everybody_here_knows_is_refused(password):
    assert "password_of_this_place" in said_of(password)


@pytest.mark.parametrize("password", ["oakleyfeatherstone", "featherstoneoakley", "o.featherstone"])
def test_ones_own_name_is_refused(password):
    assert said_of(password) != []


def test_without_a_person_the_rest_is_looked_at():
    with pytest.raises(ValidationError):
        validate_password("safeguarding-2026")
    validate_password("violet-anchor-teapot")


def test_somebody_in_no_organisation_can_choose_one():
    validate_password("violet-anchor-teapot", User(name="Example", email="e@example.org"))
