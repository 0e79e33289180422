"""What finding out an open answer could change: the lines "Find out X: it could make this Y".

Source: the triage model, section 2, "What is still open".
"""

from dataclasses import asdict, dataclass
from typing import Any

from triage.model.answers import Answers
from triage.model.assessment import Assessment
from triage.model.catalogue import RESPONSES
from triage.model.open_answers import trials
from triage.model.outcome import Findings, Names, Outcome
from triage.model.response import response_rule, urgency

# From the least serious to the most: what a page lists first is the last of these.
SERIOUSNESS = (
    "other",
    "romantic",
    "attention_seeking",
    "out_of_scope",
    "undetermined",
    "reckless_misuse",
    "intent_to_harm",
    "adult_involved",
)


@dataclass(frozen=True)
class Effect:
    """`could_be`: other outcomes, most serious first.

    `rules_out`: what could then be ruled out, the outcome being what it is now.

    `response`: the highest level above the present one, or None.
    """

    key: str
    could_be: Names
    rules_out: Names
    response: str | None

    def as_json(self) -> dict[str, Any]:
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}


def effects_of(answers: Answers, assessed: Assessment) -> list[Effect]:
    """One for each deciding question and open response, most serious consequence first."""
    keys = dict.fromkeys((*assessed.deciding_questions, *assessed.response_open))
    return sorted((_effect(answers, key) for key in keys), key=_weight, reverse=True)


def _effect(answers: Answers, key: str) -> Effect:
    now = Findings(answers)
    tried = [Findings(other) for other in trials(answers, key)]
    names = {_name(other.outcome) for other in tried} - {_name(now.outcome)}
    unchanged = [other.outcome for other in tried if _name(other.outcome) == _name(now.outcome)]
    ruled_out = (
        name
        for name in now.outcome.cannot_rule_out
        if any(name not in outcome.cannot_rule_out for outcome in unchanged)
    )
    highest = max((response_rule(other).id for other in tried), key=urgency, default=None)
    raised = highest is not None and urgency(highest) > urgency(response_rule(now).id)
    return Effect(
        key=key,
        could_be=tuple(sorted(names, key=SERIOUSNESS.index, reverse=True)),
        rules_out=tuple(ruled_out),
        response=highest if raised else None,
    )


def _name(outcome: Outcome) -> str:
    return outcome.subtype or outcome.category


def _weight(effect: Effect) -> tuple[int, int]:
    response = RESPONSES.index(effect.response) if effect.response else -1
    worst = max((SERIOUSNESS.index(name) for name in effect.could_be), default=-1)
    return response, worst
