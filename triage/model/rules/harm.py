"""Intent to harm: serious pressure, or sharing on to harm or for gain.

Source: the triage model, section 2.
"""

from triage.model import sources
from triage.model.conditions import PRESSURE, Condition, Paths, Rule
from triage.model.facts import Facts, at
from triage.model.logic import F, T, Truth, U, truth
from triage.model.vocabulary import SERIOUS_PRESSURE


def _serious_pressure(known: Facts) -> Truth:
    if not known.pressure.isdisjoint(SERIOUS_PRESSURE):
        return T
    return U if known.pressure else F  # what is left is soft, or not known


def _rests_on_pressure(known: Facts) -> Paths:
    """The list answered; and, where nothing in it is serious, the role that adds to it."""
    if not known.pressure.isdisjoint(SERIOUS_PRESSURE):
        return ("pressure",)
    return (*at(known.with_role("pressured_others"), "roles"), "pressure")


def _onward_harm(known: Facts) -> Truth:
    answers = known.answers
    if answers.onward_motive != "unknown":
        return truth(answers.onward_motive in ("harm", "gain"))
    nothing_to_explain = (
        answers.willing_sharing in ("yes", "not_shared")
        or answers.audience == "kept"
        or answers.image_kind == "no_image"
    )
    return F if nothing_to_explain else U


SERIOUS: Condition[Facts] = Condition(
    id="serious_pressure",
    clause="threats, blackmail, deception, payment, gifts or sexual abuse were used",
    reads=PRESSURE,
    source=sources.HARM,
    test=_serious_pressure,
    rests_on=_rests_on_pressure,
)
ONWARD_HARM: Condition[Facts] = Condition(
    id="onward_harm",
    clause="it was shared on to cause harm or for gain",
    reads=("onward_motive", "willing_sharing", "audience", "image_kind"),
    source=sources.HARM,
    test=_onward_harm,
    rests_on=lambda known: ("onward_motive",),
)

INTENT_TO_HARM: Rule[Facts] = Rule(
    id="intent_to_harm",
    title="Intent to harm",
    source=sources.HARM,
    grounds=(SERIOUS, ONWARD_HARM),
)
