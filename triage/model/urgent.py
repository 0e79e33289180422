"""Which answers of an unfinished triage a safeguarding lead must hear about at once."""

from collections.abc import Mapping
from typing import Any

from triage.model.ages import known_adult


def urgent_answers(answers: Mapping[str, Any]) -> list[str]:
    """What is urgent in the answers that count so far, in words; most serious first.

    (interpretation: immediate risk, an adult, severe impact; the source's own key questions.)
    """
    found = {
        "Immediate risk of harm": answers.get("immediate_risk") == "yes",
        "Self-harm or thoughts of suicide": answers.get("emotional_impact") == "severe",
        "An adult in a position of trust": answers.get("position_of_trust") == "yes",
        "An adult is involved": answers.get("adult_contact") == "yes" or _adult_listed(answers),
        "An adult may be involved": answers.get("adult_contact") == "suspected",
    }
    return [text for text, holds in found.items() if holds]


def _adult_listed(answers: Mapping[str, Any]) -> bool:
    """An adult is listed with any part but having reported it or seen it."""
    return any(
        known_adult(person.get("age", "unknown"))
        and bool(set(person.get("roles", [])) - {"reporter", "witness"})
        for person in answers.get("people", [])
    )
