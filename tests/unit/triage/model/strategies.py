"""Whole random sets of answers: half of them near the calm ones, where outcomes are decided."""

from typing import Any

from hypothesis import strategies as st

from triage.model.answers import Answers, Person
from triage.model.vocabulary import LISTS, PERSON_VALUES, SCALARS

from .proof import CALM

AGES = [*range(8, 27), *PERSON_VALUES["age"]]


def lists(values: tuple[str, ...], *, unknown: bool = True) -> st.SearchStrategy[tuple[str, ...]]:
    known = [value for value in values if value != "unknown"]
    some = st.lists(st.sampled_from(known), unique=True, max_size=3).map(tuple)
    return st.just(("unknown",)) | some if unknown else some


@st.composite
def people(draw: st.DrawFn, number: int) -> Person:
    return Person(
        ref="ABCD"[number],
        age=draw(st.sampled_from(AGES)),
        roles=draw(lists(PERSON_VALUES["roles"], unknown=False)),
        vulnerabilities=draw(st.just(()) | lists(PERSON_VALUES["vulnerabilities"])),
        agency_involvement=draw(st.sampled_from(PERSON_VALUES["agency_involvement"])),
    )


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    count = draw(st.integers(1, 4))
    values: dict[str, Any] = {
        **{key: st.sampled_from(SCALARS[key]) for key in SCALARS},
        **{key: lists(LISTS[key]) for key in LISTS},
    }
    drawn = draw(st.fixed_dictionaries(values))
    if draw(st.booleans()):
        # Calm but for a few answers: otherwise nearly everything is aggravated.
        kept = draw(st.lists(st.sampled_from(sorted(CALM)), unique=True, max_size=4))
        drawn = CALM | {key: drawn[key] for key in kept}
    return Answers(people=tuple(draw(people(i)) for i in range(count)), **drawn)
