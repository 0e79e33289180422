"""Why: one reason for each rule that decided, with the answers it rested on.

Source: the triage model, section 6.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.model.answers import Person
from triage.model.conditions import Condition, Paths, Rule, in_path_order
from triage.model.logic import T, Truth, U
from triage.model.outcome import EXPERIMENTAL_ORDER, Findings
from triage.model.response import response_rule
from triage.model.rules import RULES, SCOPE
from triage.model.sources import joined
from triage.model.subtypes import EXPERIMENTAL_RULES


@dataclass(frozen=True)
class Reason:
    """`rule` is the rule's id, for a response `level.criterion`; `because` holds answer paths."""

    rule: str
    because: Paths
    text: str
    source: str


def reasons(known: Findings) -> tuple[Reason, ...]:
    """Scope; the aggravated rules true, then open; the experimental sub-types; the response."""
    return (*_classification(known), *_response(known))


def _classification(known: Findings) -> Iterator[Reason]:
    if known.out_of_scope:
        yield _reason(SCOPE, known, "{title}, because {findings}.")
        return
    for value, words in ((T, "{title}"), (U, "{title} cannot be ruled out")):
        for rule, found in zip(RULES, known.aggravated, strict=True):
            if found is value and _reported(rule, value, known):
                yield _reason(rule, known, words + ", because {findings}.")
    yield from _experimental(known)


def _reported(rule: Rule[Findings], value: Truth, known: Findings) -> bool:
    return value is T or rule.id in known.outcome.cannot_rule_out


def _experimental(known: Findings) -> Iterator[Reason]:
    """The sub-type chosen or indicated, and in an experimental case those still open before it."""
    outcome = known.outcome
    if outcome.category == "aggravated":
        return
    first = known.experimental.index(T)
    chosen = "{title}" if outcome.subtype else "What is known so far points to {title}"
    yield _reason(EXPERIMENTAL_RULES[first], known, chosen + ", because {findings}.")
    for place, name in enumerate(EXPERIMENTAL_ORDER[:first]):
        if name in outcome.cannot_rule_out and known.experimental[place] is U:
            words = "{title} cannot be ruled out, because {findings}."
            yield _reason(EXPERIMENTAL_RULES[place], known, words)


def _response(known: Findings) -> Iterator[Reason]:
    level = response_rule(known)
    for criterion in level.grounds:
        if criterion.test(known) is T:
            yield Reason(
                rule=f"{level.id}.{criterion.id}",
                because=in_path_order(criterion.because(known)),
                text=f"{level.title}, because {_finding(criterion, T, known)}.",
                source=criterion.source,
            )


def _reason(rule: Rule[Findings], known: Findings, words: str) -> Reason:
    findings = [_finding(condition, value, known) for condition, value in rule.decisive(known)]
    return Reason(
        rule=rule.id,
        because=rule.because(known),
        text=words.format(title=rule.title, findings="; and ".join(findings)),
        source=_sources(rule, known),
    )


def _sources(rule: Rule[Findings], known: Findings) -> str:
    """The rule's own source, and those of its decisive conditions that have another."""
    return joined(rule.source, *(condition.source for condition, _ in rule.decisive(known)))


def _finding(condition: Condition[Findings], value: Truth, known: Findings) -> str:
    """What was found, in words, with the references of the people it is about."""
    refs = dict.fromkeys(person.ref for person in _people(condition.because(known), known))
    about = f" ({', '.join(refs)})" if refs else ""
    return condition.finding(value) + about


def _people(paths: Paths, known: Findings) -> Iterator[Person]:
    for number, person in enumerate(known.people):
        if any(path.startswith(f"people[{number}].") for path in paths):
            yield person
