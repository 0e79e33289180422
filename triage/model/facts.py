"""What follows at once from the answers, before any rule: who is a party, who a child, what gap.

Each fact is worked out when first asked for and kept for this one set of answers.
Source: the triage model, section 2.
"""

from collections.abc import Iterable
from functools import cached_property

from triage.model.answers import Answers, Person
from triage.model.logic import F, T, Truth, U, all_of
from triage.model.people import (
    certain_gap,
    is_adult,
    is_concerned,
    is_party,
    is_pictured,
    is_under_13,
)

Numbers = tuple[int, ...]  # people, by their place in the list


class Facts:
    """The facts of one set of answers. People are given by number, as their paths name them."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    @cached_property
    def people(self) -> tuple[Person, ...]:
        return self.answers.people

    @cached_property
    def adult(self) -> tuple[Truth, ...]:
        """For each person, whether they are 18 or over."""
        return tuple(is_adult(person) for person in self.people)

    @cached_property
    def pictured(self) -> Numbers:
        return tuple(i for i, person in enumerate(self.people) if is_pictured(person))

    @cached_property
    def parties(self) -> Numbers:
        return tuple(i for i, p in enumerate(self.people) if is_party(p, self.answers))

    @cached_property
    def concerned(self) -> Numbers:
        return tuple(i for i, person in enumerate(self.people) if is_concerned(person))

    @cached_property
    def concerned_not_adult(self) -> Numbers:
        """Those concerned who are not known to be an adult."""
        return tuple(i for i in self.concerned if self.adult[i] is not T)

    @cached_property
    def child_parties(self) -> Numbers:
        return tuple(i for i in self.parties if self.adult[i] is F)

    @cached_property
    def child_pictured(self) -> Truth:
        if any(self.adult[i] is F for i in self.pictured):
            return T
        all_adults = bool(self.pictured) and all(self.adult[i] is T for i in self.pictured)
        return F if all_adults else U

    @cached_property
    def child_involved(self) -> Truth:
        if self.child_parties:
            return T
        all_adults = bool(self.pictured) and all(self.adult[i] is T for i in self.parties)
        return F if all_adults else U

    @cached_property
    def age_gap(self) -> bool:
        return certain_gap([self.people[i] for i in self.child_parties])

    @cached_property
    def pressure(self) -> frozenset[str]:
        """The pressure answered, and what the role of having pressured others adds to it."""
        added = {"asked_repeatedly"} if self.with_role("pressured_others") else set()
        return frozenset(self.answers.pressure) | added

    @cached_property
    def consent_presumed(self) -> bool:
        """Whether a yes to a question about willingness can be taken as it stands."""
        answers = self.answers
        return not (
            answers.capacity_concern == "yes"
            or answers.image_kind == "altered_or_generated"
            or not self.pictured
            or self.age_gap
        )

    @cached_property
    def all_pictured_under_13(self) -> Truth:
        if not self.pictured:
            return U
        return all_of(is_under_13(self.people[i]) for i in self.pictured)

    def with_role(self, role: str) -> Numbers:
        return tuple(i for i, person in enumerate(self.people) if role in person.roles)


def at(numbers: Iterable[int], *keys: str) -> tuple[str, ...]:
    """The paths of these answers about these people."""
    return tuple(f"people[{i}].{key}" for i in numbers for key in keys)
