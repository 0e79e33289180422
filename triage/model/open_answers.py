"""What is still open, and which of it could change the outcome or make the response more urgent.

To try an open answer is to classify again with that answer alone replaced.
Source: the triage model, section 2, "What is still open".
"""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.model.answers import Answers, Value
from triage.model.conditions import Paths, in_path_order
from triage.model.facts import at
from triage.model.logic import F, T
from triage.model.outcome import Findings
from triage.model.people import possible_gap
from triage.model.response import response_rule, urgency
from triage.model.rules.adult import some_party_is_adult
from triage.model.vocabulary import ORDER, SCALARS, UNKNOWN

PERSON_TRIALS: dict[str, tuple[Value, ...]] = {
    "age": ("under_13", "13_to_17", "adult"),
    "vulnerabilities": (("send",),),
    "agency_involvement": ("current",),
}
PRESSURE_TRIALS: tuple[Value, ...] = ((), ("asked_repeatedly",), ("threats",))
NEVER_TRIED = {"image_kind": "no_image"}


@dataclass(frozen=True)
class Open:
    """Open answers, as paths, that could change the outcome, and that could raise the response."""

    deciding_questions: Paths
    response_open: Paths


def find_open(known: Findings) -> Open:
    """Try every open answer, each by itself."""
    deciding, raising = set(_asked_whatever_they_change(known)), set()
    level = urgency(response_rule(known).id)
    for path in open_answers(known):
        tried = [Findings(answers) for answers in trials(known.answers, path)]
        if any(_deciding(other) != _deciding(known) for other in tried):
            deciding.add(path)
        if any(urgency(response_rule(other).id) > level for other in tried):
            raising.add(path)
    return Open(in_path_order(deciding), in_path_order(raising))


def open_answers(known: Findings) -> Iterator[str]:
    """The path of every answer that is still unknown, in table order, people first."""
    answers = known.answers
    for number in range(len(answers.people)):
        yield from (path for path in at([number], *PERSON_TRIALS) if _unknown(answers, path))
    for key in ORDER[1:]:
        suspected = key == "adult_contact" and answers.adult_contact == "suspected"
        if suspected or (_unknown(answers, key) and _asked(known, key)):
            yield key


def _unknown(answers: Answers, path: str) -> bool:
    return answers.get(path) in (UNKNOWN, (UNKNOWN,))


def _asked(known: Findings, key: str) -> bool:
    """A position of trust is asked about only where there is or may be an adult."""
    adult_possible = known.adult_involved is not F or known.child_pictured is F
    return key != "position_of_trust" or adult_possible


def trials(answers: Answers, path: str) -> Iterator[Answers]:
    """These answers with the open one replaced, once for each value that is tried."""
    for value in _values(path):
        if value != answers.get(path):
            yield answers.replace(path, value)


def _values(path: str) -> tuple[Value, ...]:
    if path.startswith("people["):
        return PERSON_TRIALS[path.rpartition(".")[2]]
    if path == "pressure":
        return PRESSURE_TRIALS
    left_out = (UNKNOWN, NEVER_TRIED.get(path))
    return tuple(value for value in SCALARS.get(path, ()) if value not in left_out)


def _deciding(known: Findings) -> tuple[str, str | None, Paths]:
    outcome = known.outcome
    return outcome.category, outcome.subtype, outcome.cannot_rule_out


def _asked_whatever_they_change(known: Findings) -> Iterator[str]:
    """Answers that are asked for although no single trial of them would show a difference."""
    identified = some_party_is_adult(known) is T
    if known.adult_involved is T and known.answers.adult_contact != "yes" and not identified:
        yield "adult_contact"
    if known.outcome.category == "experimental":
        yield from at((i for i in known.child_parties if _gap_is_open(known, i)), "age")


def _gap_is_open(known: Findings, number: int) -> bool:
    """Known only by a band, and possibly three or more years apart from another child."""
    child = known.people[number]
    others = (known.people[i] for i in known.child_parties if i != number)
    return isinstance(child.age, str) and any(possible_gap(child, other) for other in others)
