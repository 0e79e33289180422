"""What a reader must not overlook, whatever the outcome. The conditions, in their order, as data.

Source: the triage model, section 4.
"""

from triage.model import sources
from triage.model.answers import Answers
from triage.model.conditions import (
    AGE,
    AGENCY,
    CHILDREN,
    PRESSURE,
    ROLES,
    VULNERABILITIES,
    Condition,
    answer_is,
    in_table_order,
    when,
)
from triage.model.facts import Facts
from triage.model.groups import concerned_under_13, pictured_adults, vulnerable, with_agency
from triage.model.logic import F, T, U
from triage.model.outcome import Findings
from triage.model.people import is_active
from triage.model.response import CRITERIA_READS
from triage.model.rules.adult import ADULT_INVOLVED
from triage.model.rules.harm import INTENT_TO_HARM
from triage.model.rules.reckless import RECKLESS_MISUSE
from triage.model.sources import interpretation
from triage.model.subtypes import EXPERIMENTAL_RULES

HARM_READS = (*INTENT_TO_HARM.reads, *RECKLESS_MISUSE.reads)
NEAR_AGE_READS = in_table_order([*ADULT_INVOLVED.reads, *HARM_READS])
EVERYTHING = in_table_order(
    [*CRITERIA_READS, *(key for rule in EXPERIMENTAL_RULES for key in rule.reads)]
)
UNDER_CRIMINAL_AGE = 10


class FlagFacts(Findings):
    """The findings, and whether anything is still open that could change them."""

    def __init__(self, answers: Answers, *, facts_open: bool) -> None:
        super().__init__(answers)
        self.facts_open = facts_open


def _active_under_10(known: Facts) -> bool:
    return any(
        is_active(person) and isinstance(person.age, int) and person.age < UNDER_CRIMINAL_AGE
        for person in known.people
    )


def _image_and(known: Facts, key: str, value: str) -> bool:
    """An answer about the image has this value, and there is an image for it to be about."""
    answers = known.answers
    return answers.image_kind != "no_image" and bool(getattr(answers, key) == value)


def _may_still_be_seen(known: Facts) -> bool:
    spread = known.answers.audience in ("known_people", "public")
    return spread and _image_and(known, "still_accessible", "unknown")


def _sextortion(known: Facts) -> bool:
    online = known.answers.relationship == "online_only"
    return "blackmail" in known.pressure or (online and "threats" in known.pressure)


def _near_age_adult(known: Findings) -> bool:
    """An adult of 18 or 19, everyone else 16 or 17, and nothing else against it."""
    adults = [known.people[i].age for i in known.parties if known.adult[i] is T]
    others = [known.people[i].age for i in known.parties if known.adult[i] is not T]
    return (
        known.adult_involved is T
        and bool(adults and others)
        and all(age in (18, 19) for age in adults)
        and all(age in (16, 17) for age in others)
        and known.harm_or_misuse is F
        and known.answers.adult_contact != "suspected"
        and known.answers.position_of_trust != "yes"
    )


def _exploitation(known: Findings) -> bool:
    return (
        not known.pressure.isdisjoint(("sexual_abuse", "payment_or_gifts"))
        or known.answers.onward_motive == "gain"
        or (known.adult_involved is T and not _near_age_adult(known))
    )


FLAG_RULES: tuple[Condition[FlagFacts], ...] = (
    when(
        "under_13",
        "someone concerned is 12 or under",
        (AGE, ROLES),
        sources.EXPERIMENTAL,
        lambda known: bool(concerned_under_13(known)),
    ),
    when(
        "under_10_actor",
        "a child under 10 took part in it",
        (AGE, ROLES),
        interpretation("a child under 10 is below the age of criminal responsibility"),
        _active_under_10,
    ),
    when(
        "vulnerable",
        "someone concerned who may be under 18 has a known vulnerability",
        (AGE, ROLES, VULNERABILITIES),
        sources.KNOWN,
        lambda known: bool(vulnerable(known)),
    ),
    when(
        "known_to_services",
        "another service is or was involved with someone concerned who may be under 18",
        (AGE, ROLES, AGENCY),
        sources.KNOWN,
        lambda known: bool(with_agency(known, "previous", "current")),
    ),
    answer_is(
        "capacity_concern",
        ["yes"],
        "there is concern about somebody's ability to agree to it",
        sources.INTENT,
    ),
    answer_is("immediate_risk", ["yes"], "a child is at immediate risk of harm", sources.KNOWN),
    answer_is(
        "extreme_content", ["yes"], "the image is said to be extreme or violent", sources.INTENT
    ),
    answer_is("repeat_incident", ["yes"], "it has happened before", sources.KNOWN),
    answer_is(
        "immediate_risk",
        ["unknown"],
        "nobody has established whether a child is at immediate risk of harm",
        sources.KNOWN,
        name="immediate_risk_unknown",
    ),
    answer_is(
        "emotional_impact",
        ["severe"],
        "there is self-harm, or there are thoughts of suicide",
        sources.IMPACT,
        name="self_harm_risk",
    ),
    answer_is(
        "emotional_impact",
        ["unknown"],
        "nobody has established how the children are",
        sources.IMPACT,
        name="emotional_impact_unknown",
    ),
    when(
        "still_accessible",
        "the image can still be seen",
        ("still_accessible", "image_kind"),
        sources.SHARED,
        lambda known: _image_and(known, "still_accessible", "yes"),
    ),
    when(
        "still_accessible_unknown",
        "the image was shared beyond a pair and may still be seen",
        ("still_accessible", "image_kind", "audience"),
        sources.SHARED,
        _may_still_be_seen,
    ),
    when(
        "wide_sharing",
        "the image was shared publicly",
        ("audience", "image_kind"),
        sources.SHARED,
        lambda known: _image_and(known, "audience", "public"),
    ),
    answer_is(
        "image_kind",
        ["altered_or_generated"],
        "the image was altered, or made by a computer",
        interpretation("the source is older than such images"),
        name="ai_generated",
    ),
    answer_is(
        "image_kind",
        ["not_confirmed"],
        "nobody has confirmed that there is an image",
        interpretation("the source does not speak of rumours or of threats alone"),
        name="image_not_confirmed",
    ),
    when(
        "sextortion",
        "there is blackmail, or there are threats from someone known only online",
        (*PRESSURE, "relationship"),
        sources.INTENT,
        _sextortion,
    ),
    when(
        "exploitation",
        "there are signs of sexual exploitation: abuse, payment or gifts, gain, or an adult who "
        "is not close in age",
        NEAR_AGE_READS,
        sources.AGGRAVATED,
        _exploitation,
    ),
    when(
        "harmful_behaviour",
        "harm was intended, someone was not willing, or someone was sent it without wanting it",
        in_table_order([*HARM_READS, "recipient_wanted"]),
        sources.AGGRAVATED,
        lambda known: known.harm_or_misuse is T or known.answers.recipient_wanted == "no",
    ),
    answer_is(
        "recipient_wanted",
        ["no"],
        "someone was sent it without wanting it",
        interpretation("the source does not speak of unwanted images sent to another child"),
        name="unwanted_image",
    ),
    when(
        "age_gap",
        "there are three or more years between two of the children",
        CHILDREN,
        sources.INTENT,
        lambda known: known.age_gap,
    ),
    when(
        "near_age_adult",
        "the only adults are 18 or 19, everyone else is 16 or 17, and there is no sign of pressure "
        "or harm",
        NEAR_AGE_READS,
        interpretation("such a case is still adult involved, but it is a different conversation"),
        _near_age_adult,
    ),
    answer_is(
        "position_of_trust",
        ["yes"],
        "an adult who may be involved is in a position of trust",
        sources.INTENT,
    ),
    when(
        "position_of_trust_unknown",
        "an adult is involved and nobody has established whether in a position of trust",
        ADULT_INVOLVED.reads,
        sources.INTENT,
        lambda known: known.adult_involved is T and known.answers.position_of_trust == "unknown",
    ),
    when(
        "adult_pictured",
        "someone in the image is 18 or over",
        (AGE, ROLES),
        sources.ADULT_LAW,
        lambda known: bool(pictured_adults(known)),
    ),
    when(
        "adult_image",
        "everyone in the image is 18 or over",
        (AGE, ROLES),
        sources.ADULT_LAW,
        lambda known: known.child_pictured is F,
    ),
    answer_is(
        "relationship",
        ["family"],
        "those involved are family",
        interpretation("a member of the family is not told before advice is taken"),
        name="family_involved",
    ),
    when(
        "age_unknown",
        "nobody has established whether someone who took part is under 18",
        CHILDREN,
        sources.KNOWN,
        lambda known: any(known.adult[i] is U for i in known.parties),
    ),
    answer_is(
        "criminal_consequences",
        ["police_involved"],
        "the police are involved",
        sources.IMPACT,
        name="police_involved",
    ),
    when(
        "facts_open",
        "something is still to be found out that could change the outcome or the response",
        EVERYTHING,
        interpretation("what is not known is never taken as harmless"),
        lambda known: known.facts_open,
    ),
)


def flags(known: FlagFacts) -> tuple[str, ...]:
    """The flags that hold, in the order of the table."""
    return tuple(rule.id for rule in FLAG_RULES if rule.test(known) is T)
