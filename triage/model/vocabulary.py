"""Every answer key, in the order of the model's table, with the values it allows.

Source: the triage model, section 1. Forms, parsing and rules all read these.
"""

from collections.abc import Mapping
from types import MappingProxyType

UNKNOWN = "unknown"
MAX_AGE = 120
MAX_REF = 40
YES_NO = ("yes", "no", UNKNOWN)

SCALARS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "immediate_risk": YES_NO,
        "repeat_incident": YES_NO,
        "image_kind": ("real", "altered_or_generated", "not_confirmed", "no_image", UNKNOWN),
        "audience": ("kept", "pair", "known_people", "public", UNKNOWN),
        "still_accessible": YES_NO,
        "relationship": (
            "partners",
            "former_partners",
            "peers",
            "online_only",
            "family",
            "none",
            UNKNOWN,
        ),
        "willing_making": YES_NO,
        "willing_sharing": ("yes", "no", "not_shared", UNKNOWN),
        "recipient_wanted": ("yes", "no", "not_shared", UNKNOWN),
        "making_motive": (
            "romantic",
            "sexual_attention",
            "non_sexual",
            "for_self",
            "under_pressure",
            "other",
            UNKNOWN,
        ),
        "onward_motive": ("harm", "gain", "thoughtless", "not_shared_on", UNKNOWN),
        "adult_contact": ("yes", "suspected", "no", UNKNOWN),
        "position_of_trust": YES_NO,
        "capacity_concern": YES_NO,
        "extreme_content": YES_NO,
        "emotional_impact": ("none_seen", "some", "significant", "severe", UNKNOWN),
        "criminal_consequences": ("none_identified", "possible", "police_involved", UNKNOWN),
    }
)

SOFT_PRESSURE = ("asked_repeatedly", "guilt_or_dares")
SERIOUS_PRESSURE = ("threats", "blackmail", "deception", "payment_or_gifts", "sexual_abuse")

LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pressure": (*SOFT_PRESSURE, *SERIOUS_PRESSURE, UNKNOWN),
        "long_term_impact": (
            "image_resurfacing",
            "education",
            "relationships",
            "health",
            "other",
            UNKNOWN,
        ),
    }
)

ACTIVE_ROLES = ("made_image", "asked_for_image", "received", "shared_on", "pressured_others")
PARTY_ROLES = ("pictured", *ACTIVE_ROLES)

PERSON_VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "age": ("under_13", "13_to_17", "adult", UNKNOWN),
        "roles": (*PARTY_ROLES, "witness", "reporter"),
        "vulnerabilities": (
            "send",
            "in_care",
            "mental_health",
            "previous_harm",
            "missing_or_exploited",
            "other",
            UNKNOWN,
        ),
        "agency_involvement": ("none", "previous", "current", UNKNOWN),
    }
)

# `services` is a free list: it has no values of its own.
VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType({**SCALARS, **LISTS})

PERSON_ORDER = ("ref", "age", "roles", "vulnerabilities", "agency_involvement")
ORDER = (
    "people",
    "immediate_risk",
    "repeat_incident",
    "image_kind",
    "audience",
    "services",
    "still_accessible",
    "relationship",
    "willing_making",
    "willing_sharing",
    "recipient_wanted",
    "pressure",
    "making_motive",
    "onward_motive",
    "adult_contact",
    "position_of_trust",
    "capacity_concern",
    "extreme_content",
    "emotional_impact",
    "criminal_consequences",
    "long_term_impact",
)
