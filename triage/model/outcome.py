"""From the truth of each rule to one outcome: category, sub-type and what stays open.

Source: the triage model, section 2, "Result".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.model.catalogue import AGGRAVATED_SUBTYPES
from triage.model.facts import Facts
from triage.model.logic import T, Truth, U
from triage.model.rules import SCOPE
from triage.model.rules.adult import ADULT_INVOLVED
from triage.model.rules.harm import INTENT_TO_HARM
from triage.model.rules.reckless import RECKLESS_MISUSE
from triage.model.subtypes import EXPERIMENTAL_RULES

Names = tuple[str, ...]
EXPERIMENTAL_ORDER: Names = tuple(rule.id for rule in EXPERIMENTAL_RULES)


@dataclass(frozen=True)
class Outcome:
    """What kind of incident this is. `subtype` and `indicated` are never both given."""

    category: str
    subtype: str | None = None
    indicated: str | None = None
    cannot_rule_out: Names = ()
    also_present: Names = ()


def compose(
    out_of_scope: bool, aggravated: Sequence[Truth], experimental: Sequence[Truth]
) -> Outcome:
    """The outcome of the three aggravated rules and the experimental ones, in their orders.

    The last experimental rule is expected to be true, so that there is always a first.
    """
    if out_of_scope:
        return Outcome("out_of_scope")
    if T in aggravated:
        return _aggravated(aggravated)
    first = list(experimental).index(T)
    chosen = EXPERIMENTAL_ORDER[first]
    if U in aggravated:
        open_rules = _named(AGGRAVATED_SUBTYPES, aggravated, U)
        return Outcome("undetermined", indicated=chosen, cannot_rule_out=open_rules)
    before = _named(EXPERIMENTAL_ORDER[:first], experimental, U)
    left = tuple(name for name in before if name != chosen)
    return Outcome("experimental", subtype=chosen, cannot_rule_out=left)


def _aggravated(values: Sequence[Truth]) -> Outcome:
    first = list(values).index(T)
    return Outcome(
        "aggravated",
        subtype=AGGRAVATED_SUBTYPES[first],
        cannot_rule_out=_named(AGGRAVATED_SUBTYPES[:first], values, U),
        also_present=_named(AGGRAVATED_SUBTYPES[first + 1 :], values[first + 1 :], T),
    )


def _named(names: Names, values: Sequence[Truth], wanted: Truth) -> Names:
    return tuple(name for name, value in zip(names, values, strict=False) if value is wanted)


class Findings(Facts):
    """The facts, and what the rules make of them."""

    @cached_property
    def out_of_scope(self) -> bool:
        return SCOPE.value(self) is T

    @cached_property
    def adult_involved(self) -> Truth:
        return ADULT_INVOLVED.value(self)

    @cached_property
    def intent_to_harm(self) -> Truth:
        return INTENT_TO_HARM.value(self)

    @cached_property
    def reckless_misuse(self) -> Truth:
        return RECKLESS_MISUSE.value(self)

    @property
    def aggravated(self) -> tuple[Truth, ...]:
        """The three aggravated rules, in order. They are evaluated out of scope as well."""
        return self.adult_involved, self.intent_to_harm, self.reckless_misuse

    @cached_property
    def experimental(self) -> tuple[Truth, ...]:
        return tuple(rule.value(self) for rule in EXPERIMENTAL_RULES)

    @cached_property
    def outcome(self) -> Outcome:
        return compose(self.out_of_scope, self.aggravated, self.experimental)

    @property
    def harm_or_misuse(self) -> Truth:
        """Intent to harm or reckless misuse."""
        return max(self.intent_to_harm, self.reckless_misuse)
