"""The ids the product speaks in, each list in the order the model gives it.

Source: the triage model, sections 3 to 6.
"""

CATEGORIES = ("experimental", "aggravated", "undetermined", "out_of_scope")
AGGRAVATED_SUBTYPES = ("adult_involved", "intent_to_harm", "reckless_misuse")
EXPERIMENTAL_SUBTYPES = ("romantic", "attention_seeking", "other")
SUBTYPES = (*EXPERIMENTAL_SUBTYPES, *AGGRAVATED_SUBTYPES)

# From the least urgent to the most.
RESPONSES = (
    "dsl_judgement",
    "other_procedure",
    "consult_specialists",
    "refer_now",
    "emergency",
)

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


def category_of(classification: str) -> tuple[str, str | None]:
    """The category and sub-type of a classification, which is a sub-type, or a category alone."""
    if classification in AGGRAVATED_SUBTYPES:
        return "aggravated", classification
    if classification in EXPERIMENTAL_SUBTYPES:
        return "experimental", classification
    return classification, None
