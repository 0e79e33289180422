"""The criteria of the three most urgent levels of response, as data.

Source: the triage model, section 3.
"""

from triage.model import sources
from triage.model.conditions import (
    AGE,
    AGENCY,
    CHILDREN,
    PRESSURE,
    ROLES,
    VULNERABILITIES,
    Condition,
    Paths,
    answer_is,
    in_path_order,
    in_table_order,
    when,
)
from triage.model.facts import Facts, at
from triage.model.groups import (
    concerned_under_13,
    not_known_adults,
    pictured_adults,
    pictured_under_13,
    vulnerable,
    with_agency,
    witnesses_not_children,
)
from triage.model.logic import F, T
from triage.model.outcome import Findings
from triage.model.rules import RULES, SCOPE
from triage.model.rules.adult import ADULT_INVOLVED
from triage.model.rules.reckless import rests_on_age_gap, rests_on_soft_pressure
from triage.model.sources import interpretation
from triage.model.vocabulary import SERIOUS_PRESSURE, SOFT_PRESSURE

CATEGORY_READS = in_table_order(key for rule in (*RULES, SCOPE) for key in rule.reads)


def _aggravated_because(known: Findings) -> Paths:
    """The answers behind every aggravated rule that is not false."""
    open_rules = [rule for rule in RULES if rule.value(known) is not F]
    return in_path_order(path for rule in open_rules for path in rule.because(known))


def _adult_contact_or_trust(known: Facts) -> bool:
    answers = known.answers
    return answers.adult_contact in ("yes", "suspected") or answers.position_of_trust == "yes"


def _rests_on_contact_or_trust(known: Facts) -> Paths:
    answers = known.answers
    contact = ("adult_contact",) if answers.adult_contact in ("yes", "suspected") else ()
    trust = ("position_of_trust",) if answers.position_of_trust == "yes" else ()
    return (*at(not_known_adults(known), "age"), *contact, *trust)


def _family(known: Facts) -> Paths:
    return ("relationship",) if known.answers.relationship == "family" else ()


def _young_child_at_risk(known: Facts) -> bool:
    answers = known.answers
    return bool(pictured_under_13(known)) and (
        answers.making_motive != "non_sexual"
        or answers.audience in ("known_people", "public")
        or known.age_gap
    )


def _witness_may_be_adult(known: Facts) -> bool:
    """Someone who may be an adult saw what may be an image of a child."""
    child = any(known.adult[i] is not T for i in known.pictured)
    return child and bool(witnesses_not_children(known))


IMMEDIATE_RISK = answer_is(
    "immediate_risk", ["yes"], "a child is at immediate risk of harm", sources.REFERRAL
)

REFER_NOW: tuple[Condition[Findings], ...] = (
    when(
        "adult",
        "an adult is involved, or there is a sign of one and a child may have a part in it",
        ADULT_INVOLVED.reads,
        sources.REFERRAL,
        lambda known: known.child_involved is not F and ADULT_INVOLVED.grounds_value(known) is T,
        ADULT_INVOLVED.because,
    ),
    when(
        "adult_and_child_listed",
        "contact with an adult, or an adult in a position of trust, is reported or suspected, and "
        "someone listed may be under 18",
        ("adult_contact", "position_of_trust", AGE),
        sources.REFERRAL,
        lambda known: _adult_contact_or_trust(known) and bool(not_known_adults(known)),
        _rests_on_contact_or_trust,
    ),
    when(
        "serious_pressure",
        "threats, blackmail, deception, payment, gifts or sexual abuse were used",
        PRESSURE,
        sources.REFERRAL,
        lambda known: not known.pressure.isdisjoint(SERIOUS_PRESSURE),
        lambda known: ("pressure",),
    ),
    when(
        "pressure_and_power",
        "someone was pressed into it by a person three or more years apart in age, or within the "
        "family",
        (*CHILDREN, "pressure", "relationship"),
        interpretation("pressure where power is unequal is coercion"),
        lambda known: (
            not known.pressure.isdisjoint(SOFT_PRESSURE)
            and (known.age_gap or known.answers.relationship == "family")
        ),
        lambda known: (
            *rests_on_soft_pressure(known),
            *rests_on_age_gap(known),
            *_family(known),
        ),
    ),
    answer_is("making_motive", ["under_pressure"], "it was made under pressure", sources.REFERRAL),
    answer_is("onward_motive", ["gain"], "it was shared on for gain", sources.REFERRAL),
    answer_is(
        "capacity_concern",
        ["yes"],
        "there is concern about somebody's ability to agree to it",
        sources.REFERRAL,
    ),
    answer_is(
        "extreme_content", ["yes"], "the image is said to be extreme or violent", sources.REFERRAL
    ),
    answer_is(
        "emotional_impact",
        ["severe"],
        "there is self-harm, or there are thoughts of suicide",
        sources.REFERRAL,
    ),
    when(
        "young_child_pictured",
        "someone in the image is 12 or under, and it may have been made for a sexual reason, was "
        "seen by more than a pair, or there are three or more years between the children",
        (*CHILDREN, "making_motive", "audience"),
        sources.REFERRAL,
        _young_child_at_risk,
        lambda known: (
            *at(pictured_under_13(known), "age", "roles"),
            *rests_on_age_gap(known),
            "making_motive",
            "audience",
        ),
    ),
)

CONSULT: tuple[Condition[Findings], ...] = (
    when(
        "aggravated",
        "the incident is aggravated",
        CATEGORY_READS,
        sources.AGGRAVATED,
        lambda known: known.outcome.category == "aggravated",
        _aggravated_because,
    ),
    when(
        "undetermined",
        "something aggravated cannot be ruled out",
        CATEGORY_READS,
        interpretation("what is not known is never taken as harmless"),
        lambda known: known.outcome.category == "undetermined",
        _aggravated_because,
    ),
    when(
        "out_of_scope_aggravated",
        "the classification does not cover it, but a child may have a part in it and something "
        "aggravated cannot be ruled out",
        CATEGORY_READS,
        interpretation("harm to a child does not depend on there being an image of one"),
        lambda known: (
            known.out_of_scope
            and known.child_involved is not F
            and any(value is not F for value in known.aggravated)
        ),
        _aggravated_because,
    ),
    when(
        "under_13",
        "someone concerned is 12 or under",
        (AGE, ROLES),
        sources.EXPERIMENTAL,
        lambda known: bool(concerned_under_13(known)),
        lambda known: at(concerned_under_13(known), "age"),
    ),
    when(
        "vulnerable",
        "someone concerned who may be under 18 has a known vulnerability",
        (AGE, ROLES, VULNERABILITIES),
        sources.EXPERIMENTAL,
        lambda known: bool(vulnerable(known)),
        lambda known: at(vulnerable(known), "vulnerabilities"),
    ),
    when(
        "agency_involved_now",
        "another service is already involved with someone concerned who may be under 18",
        (AGE, ROLES, AGENCY),
        sources.KNOWN,
        lambda known: bool(with_agency(known, "current")),
        lambda known: at(with_agency(known, "current"), "agency_involvement"),
    ),
    when(
        "age_gap",
        "there are three or more years between two of the children",
        CHILDREN,
        interpretation("a gap in age is an imbalance of power"),
        lambda known: known.age_gap,
        rests_on_age_gap,
    ),
    when(
        "adult_pictured",
        "someone in the image is 18 or over, and someone concerned may be under 18",
        (AGE, ROLES),
        sources.ADULT_LAW,
        lambda known: bool(pictured_adults(known) and known.concerned_not_adult),
        lambda known: at((*pictured_adults(known), *known.concerned_not_adult), "age"),
    ),
    when(
        "witness_may_be_adult",
        "someone who saw it may be 18 or over, and someone in the image may be under 18",
        (AGE, ROLES),
        interpretation("an adult who has seen such an image needs advice at once"),
        _witness_may_be_adult,
        lambda known: at(witnesses_not_children(known), "age", "roles"),
    ),
    answer_is(
        "relationship",
        ["family", "online_only"],
        "those involved are family, or know each other only online",
        interpretation("in both, what staff are told may not be the whole of it"),
    ),
    answer_is("audience", ["public"], "it was shared publicly", sources.SHARED),
    answer_is(
        "recipient_wanted",
        ["no"],
        "someone was sent it without wanting it",
        interpretation("sending an unwanted image to a child of the same age may harm them"),
    ),
    answer_is("repeat_incident", ["yes"], "it has happened before", sources.KNOWN),
    answer_is(
        "emotional_impact", ["significant"], "a child is significantly affected", sources.IMPACT
    ),
    answer_is(
        "criminal_consequences", ["police_involved"], "the police are involved", sources.IMPACT
    ),
    answer_is(
        "immediate_risk",
        ["unknown"],
        "nobody has established whether a child is at immediate risk of harm",
        interpretation("what is not known is never taken as safe"),
        name="immediate_risk_unknown",
    ),
)
