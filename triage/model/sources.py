"""Where a rule comes from: the section of the guidance, or that it is this product's reading."""

KSCB = "KSCB, Responding to Sexting: "
DEFINITION = KSCB + "What is 'Sexting'?"
EXPERIMENTAL = KSCB + "Experimental"
ROMANTIC = KSCB + "Experimental, Romantic"
ATTENTION = KSCB + "Experimental, Sexual Attention Seeking"
OTHER = KSCB + "Experimental, Other"
AGGRAVATED = KSCB + "Aggravated"
ADULT = KSCB + "Aggravated, Adult Involved"
HARM = KSCB + "Aggravated, Youth Only: Intent to Harm"
RECKLESS = KSCB + "Aggravated, Youth Only: Reckless Misuse"
KNOWN = KSCB + "Key questions, what is already known"
SHARED = KSCB + "Key questions, how the imagery was shared"
INTENT = KSCB + "Key questions, intent or motivation"
IMPACT = KSCB + "Key questions, impact"
ADULT_LAW = KSCB + "Aggravated, young people aged 18 and over"
REFERRAL = "National advice to schools (UKCIS): when to refer at once"


def interpretation(why: str) -> str:
    """The source of a choice the guidance does not make, with the reason for it."""
    return f"interpretation: {why}"


def joined(*several: str) -> str:
    """Several sources as one, none of them twice."""
    return "; ".join(dict.fromkeys(part for source in several for part in source.split("; ")))
