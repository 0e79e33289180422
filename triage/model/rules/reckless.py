"""Reckless misuse: made or shared without the willing part of those pictured.

Source: the triage model, section 2.
"""

from triage.model import sources
from triage.model.conditions import AGE, PRESSURE, ROLES, Condition, Paths, Rule, answer_is
from triage.model.facts import Facts, at
from triage.model.logic import F, T, Truth, U
from triage.model.vocabulary import SOFT_PRESSURE, UNKNOWN

CONSENT = (AGE, ROLES, "image_kind", "capacity_concern")  # what says whether a yes can stand
CONSENT_SOURCE = sources.joined(
    sources.RECKLESS,
    sources.interpretation(
        "a yes is not enough where there is concern about capacity, a gap in age, an altered or "
        "generated image, or nobody listed as pictured"
    ),
)


def _not_willing(known: Facts, answer: str) -> Truth:
    """No is true; yes is false unless it cannot be taken as it stands; without an image, false."""
    if known.answers.image_kind == "no_image":
        return F
    if answer == "yes":
        return F if known.consent_presumed else U
    return T if answer == "no" else U


def _not_willing_sharing(known: Facts) -> Truth:
    answers = known.answers
    if answers.willing_sharing != "not_shared":
        return _not_willing(known, answers.willing_sharing)
    # "Not shared" against answers that say it was: someone has to find out which is right.
    seen = answers.audience in ("known_people", "public") or bool(known.with_role("shared_on"))
    return U if seen and answers.image_kind != "no_image" else F


def rests_on_age_gap(known: Facts) -> Paths:
    return at(known.child_parties, "age") if known.age_gap else ()


def _rests_on_willing(known: Facts, key: str) -> Paths:
    """The answer; and, where its yes is doubted, what puts it in doubt."""
    answers = known.answers
    if getattr(answers, key) != "yes":
        return (key,)
    nobody = () if known.pictured else at(range(len(known.people)), "roles")
    kind = ("image_kind",) if answers.image_kind == "altered_or_generated" else ()
    capacity = ("capacity_concern",) if answers.capacity_concern == "yes" else ()
    return (*rests_on_age_gap(known), *nobody, key, *kind, *capacity)


def _rests_on_sharing(known: Facts) -> Paths:
    if known.answers.willing_sharing != "not_shared":
        return _rests_on_willing(known, "willing_sharing")
    return (*at(known.with_role("shared_on"), "roles"), "willing_sharing", "audience")


def _soft_pressure(known: Facts) -> Truth:
    if not known.pressure.isdisjoint(SOFT_PRESSURE):
        return T
    return U if UNKNOWN in known.pressure else F


def rests_on_soft_pressure(known: Facts) -> Paths:
    """The role of having pressured others, and the list answered where it says something itself."""
    roles = at(known.with_role("pressured_others"), "roles")
    said = not {*SOFT_PRESSURE, UNKNOWN}.isdisjoint(known.answers.pressure)
    return (*roles, "pressure") if said else roles


UNWILLING_MAKING: Condition[Facts] = Condition(
    id="unwilling_making",
    clause="someone in the image did not know of it being made, or did not take part willingly",
    reads=("willing_making", *CONSENT),
    source=CONSENT_SOURCE,
    test=lambda known: _not_willing(known, known.answers.willing_making),
    rests_on=lambda known: _rests_on_willing(known, "willing_making"),
    doubt="it is not certain that everyone in the image knew and willingly took part in it "
    "being made",
)
UNWILLING_SHARING: Condition[Facts] = Condition(
    id="unwilling_sharing",
    clause="someone in the image did not agree to it being shared or shown",
    reads=("willing_sharing", "audience", *CONSENT),
    source=CONSENT_SOURCE,
    test=_not_willing_sharing,
    rests_on=_rests_on_sharing,
    doubt="it is not certain that everyone in the image agreed to each sharing or showing",
)
SOFT: Condition[Facts] = Condition(
    id="soft_pressure",
    clause="someone was asked again and again, made to feel guilty, or dared",
    reads=PRESSURE,
    source=sources.interpretation("pressure short of a threat is not willing participation"),
    test=_soft_pressure,
    rests_on=rests_on_soft_pressure,
)
UNDER_PRESSURE = answer_is(
    "making_motive",
    ["under_pressure"],
    "it was made under pressure",
    sources.interpretation("someone made to do it did not take part willingly"),
)

RECKLESS_MISUSE: Rule[Facts] = Rule(
    id="reckless_misuse",
    title="Reckless misuse",
    source=sources.RECKLESS,
    grounds=(UNWILLING_MAKING, UNWILLING_SHARING, SOFT, UNDER_PRESSURE),
)
