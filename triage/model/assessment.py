"""The whole answer to a set of answers: the classification, the response, and why.

Source: the triage model, sections 2 to 4 and 6.
"""

from dataclasses import asdict, dataclass
from typing import Any

from triage.model.answers import Answers
from triage.model.flags import FlagFacts, flags
from triage.model.open_answers import find_open
from triage.model.outcome import Findings, Names
from triage.model.reasons import Reason, reasons
from triage.model.response import response_rule


@dataclass(frozen=True)
class Assessment:
    """The classification (what kind of incident) and the response (whom to tell, how soon)."""

    category: str
    subtype: str | None
    certainty: str
    indicated: str | None
    cannot_rule_out: Names
    also_present: Names
    deciding_questions: Names
    response: str
    response_open: Names
    reasons: tuple[Reason, ...]
    flags: Names

    def as_json(self) -> dict[str, Any]:
        """Plain lists, texts and objects, under the keys of the classify command."""
        plain = {key: _plain(value) for key, value in asdict(self).items()}
        plain["reasons"] = [
            {key: _plain(value) for key, value in reason.items()} for reason in plain["reasons"]
        ]
        return plain


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def assess(answers: Answers) -> Assessment:
    """Classify the incident and recommend a response. It informs judgement; it decides nothing."""
    known = Findings(answers)
    outcome, still = known.outcome, find_open(known)
    facts_open = bool(still.deciding_questions or still.response_open)
    provisional = outcome.cannot_rule_out or still.deciding_questions
    return Assessment(
        category=outcome.category,
        subtype=outcome.subtype,
        certainty="provisional" if provisional else "settled",
        indicated=outcome.indicated,
        cannot_rule_out=outcome.cannot_rule_out,
        also_present=outcome.also_present,
        deciding_questions=still.deciding_questions,
        response=response_rule(known).id,
        response_open=still.response_open,
        reasons=reasons(known),
        flags=flags(FlagFacts(answers, facts_open=facts_open)),
    )


def response_of(answers: Answers) -> str:
    """The response of `assess` alone, without trying every open answer: many times as quick."""
    return response_rule(Findings(answers)).id
