"""The keys an edition must have text for, and the ids its conditions may name.

The triage model declares the same ids for itself and may not be imported from here, so a test
(`tests/unit/guidance/test_catalogue.py`) holds the two equal.
"""

from collections.abc import Mapping

from guidance.content import Kind

CATEGORIES = ("experimental", "aggravated", "undetermined", "out_of_scope")
SUBTYPES = (
    "romantic",
    "attention_seeking",
    "other",
    "adult_involved",
    "intent_to_harm",
    "reckless_misuse",
)
# From the lowest level to the highest.
RESPONSES = ("dsl_judgement", "other_procedure", "consult_specialists", "refer_now", "emergency")
FLAGS = (
    "under_13",
    "under_10_actor",
    "vulnerable",
    "known_to_services",
    "capacity_concern",
    "immediate_risk",
    "extreme_content",
    "repeat_incident",
    "immediate_risk_unknown",
    "self_harm_risk",
    "emotional_impact_unknown",
    "still_accessible",
    "still_accessible_unknown",
    "wide_sharing",
    "ai_generated",
    "image_not_confirmed",
    "sextortion",
    "exploitation",
    "harmful_behaviour",
    "unwanted_image",
    "age_gap",
    "near_age_adult",
    "position_of_trust",
    "position_of_trust_unknown",
    "adult_pictured",
    "adult_image",
    "family_involved",
    "age_unknown",
    "police_involved",
    "facts_open",
)
PROCEDURES = (
    "national_guidance",
    "online_safety",
    "hsb_tool",
    "cse_toolkit",
    "threshold_criteria",
    "brook_traffic_light",
    "harmful_behaviour_procedure",
    "sexually_active_procedure",
)
NEXT_STEPS = (
    "do_not_view",
    "call_999",
    "establish_risk_now",
    "talk_to_dsl",
    "refer_police_and_childrens_services",
    "consult_specialist_services",
    "refer_lado",
    "establish_position_of_trust",
    "use_other_procedure",
    "preserve_evidence",
    "do_not_pay",
    "report_remove",
    "keep_child_safe",
    "establish_self_harm_risk",
    "support_child",
    "inform_parents",
    "parents_after_advice",
    "tell_allocated_worker",
    "find_out",
    "ask_to_delete",
    "avoid_criminalising",
    "adult_image_law",
    "record_reasons",
)
ANSWERS = (
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
PERSON_ANSWERS = ("ref", "age", "roles", "vulnerabilities", "agency_involvement")
ROLES = (
    "pictured",
    "made_image",
    "asked_for_image",
    "received",
    "shared_on",
    "pressured_others",
    "witness",
    "reporter",
)
# Law notes have no fixed keys: which laws need a note is the editors' choice.
REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    Kind.QUESTION: (*ANSWERS, "people", *PERSON_ANSWERS, "notes"),
    # The category "aggravated" always has a sub-type, "experimental" too: they have no text.
    Kind.OUTCOME: (*SUBTYPES, "undetermined", "out_of_scope"),
    Kind.RESPONSE: RESPONSES,
    Kind.PROCEDURE: PROCEDURES,
    Kind.NEXT_STEP: NEXT_STEPS,
    Kind.FLAG: FLAGS,
    Kind.PART: (*ROLES, "no_role", "adult", "unidentified"),
    Kind.PAGE: ("start", "emergency", "who_decides", "find_out", "judge", "how_it_decides"),
}
# What each list of a condition may name, by the name of the list.
CONDITION_IDS: Mapping[str, tuple[str, ...]] = {
    "categories": CATEGORIES,
    "subtypes": SUBTYPES,
    "flags": FLAGS,
    "responses": RESPONSES,
}
