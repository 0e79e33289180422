"""Every address by every role, of the own organisation, of another, and of a restricted case."""

from collections import Counter, defaultdict

import pytest

from tests.sweeps.asking import Answer
from tests.sweeps.conftest import Swept
from tests.sweeps.secrets import NOT_FOR_LEADS, SEES_ALL, STRANGER, readers
from tests.sweeps.table import ASKED, OTHER, OWN, RESTRICTED, TABLE
from tests.sweeps.urlconf import addresses
from tests.sweeps.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_address_has_its_line_in_the_table_and_every_line_its_address() -> None:
    names = [address.name for address in addresses()]
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert set(names) - set(TABLE) == set(), "say in tests/sweeps/table.py who may open these"
    assert set(TABLE) - set(names) == set(), "these are no addresses any more"


def test_everybody_gets_what_the_table_says(swept: Swept) -> None:
    wrong = [
        f"{answer}: {answer.status}, not {expected(answer)}"
        for answer in swept.answers
        if answer.status != expected(answer)
    ]
    assert not wrong, listed(wrong)


def listed(problems: list[str]) -> str:
    """The first of them, each in a line."""
    return "\n".join([f"{len(problems)}:", *problems[:30]])


def expected(answer: Answer) -> int:
    """The other organisation's lead is to her own what ours is to ours."""
    row = TABLE[answer.name]
    if answer.who == STRANGER:
        return row.expected(answer.method, OWN, "dsl")
    return row.expected(answer.method, answer.whose, answer.who)


def test_everybody_was_asked_about_everything(swept: Swept) -> None:
    asked = {(a.name, a.whose, a.who, a.method) for a in swept.answers}
    wanted = {
        (address.name, whose, who, method)
        for address in addresses()
        for whose in World.settings_of(address)
        for who in ASKED[whose]
        for method in ("GET", "POST")
    }
    assert wanted - asked == set()


def test_nobody_reads_what_is_not_theirs(swept: Swept) -> None:
    """In the body and in the headers of every answer, whatever its status."""
    leaks = [
        f"{answer}: {whose} {place}"
        for answer in swept.answers
        for whose, places in swept.planted.items()
        for place, word in places.items()
        if answer.who not in readers(whose, place) and found(word, answer)
    ]
    assert not leaks, listed(leaks)


def found(word: str, answer: Answer) -> bool:
    """Not where the word itself was asked for: "sign in, and come back here" says it again."""
    if word in answer.path.lower():
        return False
    return word in answer.text or any(word in value.lower() for value in answer.headers.values())


@pytest.mark.parametrize("whose", [OWN, OTHER, RESTRICTED])
def test_whoever_may_read_it_does_find_each_word(swept: Swept, whose: str) -> None:
    text: dict[str, str] = defaultdict(str)
    for answer in swept.answers:
        text[answer.who] += answer.text
    planted = swept.planted[whose]
    assert len(planted) > 30
    missing = [place for place, word in planted.items() if word not in text[SEES_ALL[whose]]]
    assert [place for place in missing if not place.startswith(NOT_FOR_LEADS)] == []
