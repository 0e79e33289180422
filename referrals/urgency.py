"""The five response levels in a few words, for lists and labels."""

URGENCY = {
    "dsl_judgement": "Safeguarding lead to judge",
    "other_procedure": "Another procedure",
    "consult_specialists": "Consult specialists",
    "refer_now": "Refer now",
    "emergency": "Emergency",
}
