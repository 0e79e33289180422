"""Scope: whether the classification covers the incident at all.

Source: the triage model, section 2.
"""

from triage.model import sources
from triage.model.conditions import AGE, ROLES, Condition, Rule, answer_is
from triage.model.facts import Facts, at
from triage.model.logic import negated

NO_IMAGE = answer_is(
    "image_kind",
    ["no_image"],
    "there is no image",
    sources.DEFINITION,
)
NO_CHILD_PICTURED: Condition[Facts] = Condition(
    id="no_child_pictured",
    clause="everyone in the image is 18 or over",
    reads=(AGE, ROLES),
    source=sources.DEFINITION,
    test=lambda known: negated(known.child_pictured),
    rests_on=lambda known: at(known.pictured, "age"),
)
SCOPE: Rule[Facts] = Rule(
    id="scope",
    title="Not covered by this classification",
    source=sources.DEFINITION,
    grounds=(NO_IMAGE, NO_CHILD_PICTURED),
)
