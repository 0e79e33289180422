"""The experimental sub-types, in the order in which they are tried.

Source: the triage model, section 2.
"""

from triage.model import sources
from triage.model.conditions import AGE, ROLES, Condition, Rule, answer_known
from triage.model.facts import Facts, at
from triage.model.logic import T, truth

ALL_UNDER_13: Condition[Facts] = Condition(
    id="all_under_13",
    clause="everyone in the image is 12 or under",
    reads=(AGE, ROLES),
    source=sources.OTHER,
    test=lambda known: known.all_pictured_under_13,
    rests_on=lambda known: at(known.pictured or range(len(known.people)), "age", "roles"),
)
NO_SEXUAL_MOTIVE = answer_known(
    "making_motive", ["non_sexual"], "the motive for making it was not sexual", sources.OTHER
)
PARTNERS = answer_known(
    "relationship",
    ["partners"],
    "the child in the image and the first person it went to are partners",
    sources.ROMANTIC,
)
WITHIN_THE_PAIR = answer_known(
    "audience", ["pair", "kept"], "nobody beyond the pair has seen it", sources.ROMANTIC
)
SEEN_BY_OTHERS = answer_known(
    "audience",
    ["pair", "known_people", "public"],
    "it was sent or shown to someone",
    sources.ATTENTION,
)
ATTENTION_PRESUMED: Condition[Facts] = Condition(
    id="attention_presumed",
    clause="nothing says it was made for oneself or without a sexual motive",
    reads=("making_motive",),
    source=sources.ATTENTION,
    test=lambda known: truth(known.answers.making_motive not in ("non_sexual", "for_self")),
)
NO_OTHER_FITS: Condition[Facts] = Condition(
    id="no_other_fits",
    clause="it has not been shown to fit Romantic or Sexual attention seeking",
    reads=(),
    source=sources.OTHER,
    test=lambda known: T,
    rests_on=lambda known: ("audience", "relationship", "making_motive"),
)

# Two rules give `other`: the first is for young children, the last for whatever is left.
EXPERIMENTAL_RULES: tuple[Rule[Facts], ...] = (
    Rule(
        id="other",
        title="Experimental: other (young children)",
        source=sources.OTHER,
        needs=(ALL_UNDER_13, NO_SEXUAL_MOTIVE),
    ),
    Rule(
        id="romantic",
        title="Experimental: romantic",
        source=sources.ROMANTIC,
        needs=(PARTNERS, WITHIN_THE_PAIR),
    ),
    Rule(
        id="attention_seeking",
        title="Experimental: sexual attention seeking",
        source=sources.ATTENTION,
        needs=(SEEN_BY_OTHERS, ATTENTION_PRESUMED),
    ),
    Rule(
        id="other",
        title="Experimental: other",
        source=sources.OTHER,
        needs=(NO_OTHER_FITS,),
    ),
)
