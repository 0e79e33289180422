"""The answers each question offers, and what to say when none was chosen.

The question itself, its hint and its help are guidance, which editors change; the values are the
model's. Every question offers "I don't know yet", which is a respectable answer.
"""

from dataclasses import dataclass

DONT_KNOW = "I don’t know yet"


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True)
class Question:
    """`many` allows several answers; `none` is the label of "none of these" where there is one."""

    options: tuple[Option, ...]
    error: str
    many: bool = False
    none: str = ""

    def label(self, value: str) -> str:
        """What the user chose, in words."""
        labels = {option.value: option.label for option in self.options}
        return {"unknown": DONT_KNOW, "none": self.none, **labels}[value]


YES_NO = (Option("yes", "Yes"), Option("no", "No"))

QUESTIONS: dict[str, Question] = {
    "roles": Question(
        many=True,
        options=(
            Option("pictured", "Is in the image, or is said to be"),
            Option("made_image", "Made or took the image"),
            Option("asked_for_image", "Asked for the image"),
            Option("received", "Was sent or shown the image"),
            Option("shared_on", "Shared it on or showed it to others"),
            Option("pressured_others", "Put pressure on somebody"),
            Option("witness", "Saw it, but did nothing with it"),
            Option(
                "reporter",
                "Reported it, or was told in order to help",
                "For example a parent or a member of staff",
            ),
        ),
        error="Select the part this person played, or select “I don’t know yet”",
    ),
    "vulnerabilities": Question(
        many=True,
        options=(
            Option("send", "Special educational needs or a disability"),
            Option("in_care", "In care, or was in care"),
            Option("mental_health", "Mental health needs"),
            Option("previous_harm", "Has been harmed before"),
            Option("missing_or_exploited", "Has gone missing, or been exploited"),
            Option("other", "Something else that makes them more at risk"),
        ),
        none="None that we know of",
        error="Select what you know of, “None that we know of” or “I don’t know yet”",
    ),
    "agency_involvement": Question(
        options=(
            Option("none", "None that we know of"),
            Option("previous", "In the past"),
            Option("current", "Now"),
        ),
        error="Select whether other agencies are involved, or select “I don’t know yet”",
    ),
    "immediate_risk": Question(
        options=YES_NO,
        error="Select yes if any child is at immediate risk of harm, or “I don’t know yet”",
    ),
    "repeat_incident": Question(
        options=YES_NO,
        error="Select yes if something like this has happened before, or “I don’t know yet”",
    ),
    "image_kind": Question(
        options=(
            Option("real", "A real photo or video"),
            Option(
                "altered_or_generated",
                "An edited image, or one made with AI",
                "For example a child’s face put onto another picture",
            ),
            Option(
                "not_confirmed", "Not confirmed", "A rumour, or a threat about an image nobody saw"
            ),
            Option("no_image", "There is no image", "Messages or talk only"),
        ),
        error="Select what kind of image it is, or select “I don’t know yet”",
    ),
    "audience": Question(
        options=(
            Option("kept", "Nobody: it was kept private and shown to nobody"),
            Option("pair", "Only the two people it was between"),
            Option("known_people", "Other people they know", "For example friends or a group chat"),
            Option("public", "Anyone: it was posted where strangers can see it"),
        ),
        error="Select who has seen the image, or select “I don’t know yet”",
    ),
    "still_accessible": Question(
        options=YES_NO,
        error="Select yes if the image is still online or on a device, or “I don’t know yet”",
    ),
    "relationship": Question(
        options=(
            Option("partners", "Boyfriend, girlfriend or partner"),
            Option("former_partners", "Former boyfriend, girlfriend or partner"),
            Option("peers", "Friends, classmates or others who know each other"),
            Option("online_only", "They know each other only online"),
            Option("family", "Family"),
            Option("none", "No relationship, or there is no other person"),
        ),
        error="Select how they know each other, or select “I don’t know yet”",
    ),
    "recipient_wanted": Question(
        options=(
            Option("yes", "Yes"),
            Option("no", "No"),
            Option("not_shared", "It was not sent or shown to anyone"),
        ),
        error="Select whether the image was wanted, or select “I don’t know yet”",
    ),
    "willing_making": Question(
        options=YES_NO,
        error="Select yes if everyone in the image knew and was willing, or “I don’t know yet”",
    ),
    "making_motive": Question(
        options=(
            Option("romantic", "As part of a relationship"),
            Option("sexual_attention", "Flirting, or to get sexual attention"),
            Option("non_sexual", "Not sexual", "For example as a joke, or because it seemed funny"),
            Option("for_self", "For themselves, not meant for anyone else"),
            Option("under_pressure", "Because somebody put them under pressure"),
            Option("other", "Another reason"),
        ),
        error="Select why the image was made, or select “I don’t know yet”",
    ),
    "willing_sharing": Question(
        options=(
            Option("yes", "Yes, to each time it was shared or shown"),
            Option("no", "No, not to all of it"),
            Option("not_shared", "It has not been shared or shown"),
        ),
        error="Select whether everyone in the image agreed, or select “I don’t know yet”",
    ),
    "onward_motive": Question(
        options=(
            Option("harm", "To hurt, embarrass or get back at somebody"),
            Option("gain", "To get something", "For example money, gifts, favours or more images"),
            Option("thoughtless", "Without thinking, or as a joke"),
            Option("not_shared_on", "It was not shared on"),
        ),
        error="Select why the image was shared on, or select “I don’t know yet”",
    ),
    "pressure": Question(
        many=True,
        options=(
            Option("asked_repeatedly", "Asked again and again"),
            Option("guilt_or_dares", "Made to feel guilty, or dared"),
            Option("threats", "Threats"),
            Option("blackmail", "Blackmail", "For example “pay, or I will share it”"),
            Option("deception", "Tricked", "For example somebody pretended to be someone else"),
            Option("payment_or_gifts", "Offered money or gifts"),
            Option("sexual_abuse", "Sexual abuse"),
        ),
        none="No pressure that we know of",
        error="Select any pressure you know of, “No pressure” or “I don’t know yet”",
    ),
    "adult_contact": Question(
        options=(
            Option("yes", "Yes"),
            Option("suspected", "It is suspected"),
            Option("no", "No"),
        ),
        error="Select whether an adult was involved, or select “I don’t know yet”",
    ),
    "position_of_trust": Question(
        options=YES_NO,
        error="Select yes if the adult works with or cares for children, or “I don’t know yet”",
    ),
    "capacity_concern": Question(
        options=YES_NO,
        error="Select yes if there is any such concern, or select “I don’t know yet”",
    ),
    "extreme_content": Question(
        options=YES_NO,
        error="Select yes if you were told so, or select “I don’t know yet”",
    ),
    "emotional_impact": Question(
        options=(
            Option("none_seen", "No upset that anyone has seen"),
            Option("some", "Some upset"),
            Option("significant", "Very upset, or not coping as usual"),
            Option("severe", "Self-harm, or thoughts of suicide"),
        ),
        error="Select how the child or young person is, or select “I don’t know yet”",
    ),
    "criminal_consequences": Question(
        options=(
            Option("none_identified", "No, nobody has raised it"),
            Option("possible", "They could become involved"),
            Option("police_involved", "Yes, they are already involved"),
        ),
        error="Select whether the police may be involved, or select “I don’t know yet”",
    ),
    "long_term_impact": Question(
        many=True,
        options=(
            Option("image_resurfacing", "The image could come back later"),
            Option("education", "School, college or work"),
            Option("relationships", "Friends, family or other relationships"),
            Option("health", "Health and wellbeing"),
            Option("other", "Something else"),
        ),
        none="Nothing that we can see",
        error="Select any you can see, “Nothing that we can see” or “I don’t know yet”",
    ),
}

AGE_BANDS = Question(
    options=(
        Option("under_13", "12 or under"),
        Option("13_to_17", "13 to 17"),
        Option("adult", "18 or over"),
    ),
    error="Enter an age, or select an age group, or select “I don’t know yet”",
)
