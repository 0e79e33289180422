"""How urgently who must be told: the levels, most urgent first, each with its criteria.

Source: the triage model, section 3.
"""

from triage.model import sources
from triage.model.catalogue import RESPONSES
from triage.model.conditions import Condition, Rule, in_table_order, when
from triage.model.criteria import CONSULT, IMMEDIATE_RISK, REFER_NOW
from triage.model.logic import T
from triage.model.outcome import Findings
from triage.model.rules import SCOPE

_CRITERIA: tuple[Condition[Findings], ...] = (IMMEDIATE_RISK, *REFER_NOW, *CONSULT)
CRITERIA_READS = in_table_order(key for criterion in _CRITERIA for key in criterion.reads)

OUT_OF_SCOPE: Condition[Findings] = when(
    "out_of_scope",
    "the classification does not cover it",
    SCOPE.reads,
    sources.DEFINITION,
    lambda known: known.out_of_scope,
    SCOPE.because,
)
NOTHING_MORE: Condition[Findings] = when(
    "nothing_more",
    "no answer calls for another service to be told or another procedure to be used",
    (),
    sources.KSCB + "Risk Management",
    lambda known: True,
    lambda known: tuple(key for key in CRITERIA_READS if not key.startswith("people.")),
)

# The first that holds, from the most urgent; the last always does.
RESPONSE_RULES: tuple[Rule[Findings], ...] = (
    Rule("emergency", "Emergency: call 999", sources.REFERRAL, grounds=(IMMEDIATE_RISK,)),
    Rule(
        "refer_now",
        "Refer to the police and children's services now",
        sources.REFERRAL,
        grounds=REFER_NOW,
    ),
    Rule("consult_specialists", "Consult specialist services", sources.AGGRAVATED, grounds=CONSULT),
    Rule("other_procedure", "Use another procedure", sources.DEFINITION, grounds=(OUT_OF_SCOPE,)),
    Rule(
        "dsl_judgement",
        "The designated safeguarding lead judges",
        sources.KSCB + "Risk Management",
        grounds=(NOTHING_MORE,),
    ),
)


def response_rule(known: Findings) -> Rule[Findings]:
    """The level that applies."""
    return next(
        rule
        for rule in RESPONSE_RULES
        if any(criterion.test(known) is T for criterion in rule.grounds)
    )


def urgency(level: str) -> int:
    """How urgent a level is: a higher number is more urgent."""
    return RESPONSES.index(level)
