"""What people are called in a record: when two references are one, and who is nobody yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.model.refs import NOBODY_YET, is_blank, is_nobody_yet, next_nobody, same_ref

UNSEEN = [
    "\u200b",
    "\u200b\u200d",
    "\ufeff",
    "\u00ad",
    "\u00a0",
    "\u2003",
    "\u0007",
    "\u2028",
    " \t",
]


@pytest.mark.parametrize("ref", ["", " ", *UNSEEN, "\u0301", "\ufe0f"])
def test_what_nobody_can_see_is_blank(ref):
    assert is_blank(ref)


@pytest.mark.parametrize("ref", ["A", "1", "?", "☆", "Zoë 7", "\u200bA", "م", "王"])
def test_what_can_be_seen_is_not(ref):
    assert not is_blank(ref)


@pytest.mark.parametrize(
    "other", ["a", " A ", "A\u200b", "\u00a0A", "A\t", "\uff21"]
)  # \uff21: wide
def test_what_reads_alike_is_the_same(other):
    assert same_ref("A", other)


@pytest.mark.parametrize("other", ["B", "AA", "A 2", "A.", "Ä", "?"])
def test_what_reads_otherwise_is_not(other):
    assert not same_ref("A", other)


def test_spacing_inside_counts_once():
    assert same_ref("Year 8  girl", "year\u00a08 girl")
    assert not same_ref("Year 8", "Year8")


@pytest.mark.parametrize(
    "ref",
    [
        NOBODY_YET,
        "not yet identified",
        " Not  yet identified",
        f"{NOBODY_YET} 2",
        "NOT YET IDENTIFIED 17",
    ],
)
def test_nobody_yet_numbered_or_not(ref):
    assert is_nobody_yet(ref)


@pytest.mark.parametrize(
    "ref", ["A", "", "2", "Not yet", "Not yet identified boy", "Not yet identified2"]
)
def test_anything_else_is_somebody(ref):
    assert not is_nobody_yet(ref)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], NOBODY_YET),
        (["A"], NOBODY_YET),
        ([NOBODY_YET], f"{NOBODY_YET} 2"),
        (["NOT YET IDENTIFIED"], f"{NOBODY_YET} 2"),
        ([NOBODY_YET, f"{NOBODY_YET} 2"], f"{NOBODY_YET} 3"),
        ([NOBODY_YET, f"{NOBODY_YET} 3"], f"{NOBODY_YET} 2"),
        ([f"{NOBODY_YET} 2"], NOBODY_YET),
    ],
)
def test_the_next_nobody_has_the_first_free_number(taken, expected):
    assert next_nobody(taken) == expected


@given(st.lists(st.text() | st.sampled_from([NOBODY_YET, f"{NOBODY_YET} 2", f"{NOBODY_YET} 3"])))
def test_the_next_nobody_is_nobody_and_nobody_elses(taken):
    found = next_nobody(taken)
    assert is_nobody_yet(found)
    assert not any(same_ref(found, ref) for ref in taken)
