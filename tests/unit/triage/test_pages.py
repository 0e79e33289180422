"""How answers read in words where they stand alone."""

from triage.pages import person_in_words

PERSON = {
    "ref": "A",
    "age": "13_to_17",
    "roles": ["pictured", "shared_on"],
    "vulnerabilities": ["send", "in_care"],
    "agency_involvement": "previous",
}


def test_every_line_about_a_person_says_what_it_is_about():
    assert person_in_words(PERSON) == [
        "Age: 13 to 17",
        "Part played: Is in the image, or is said to be; Shared it on or showed it to others",
        "Vulnerabilities: Special educational needs or a disability; In care, or was in care",
        "Other agencies involved: In the past",
    ]


def test_what_is_not_known_about_a_person_says_of_what():
    nothing = {"age": 15, "roles": [], "vulnerabilities": ["unknown"], "agency_involvement": "none"}
    assert person_in_words({**PERSON, **nothing}) == [
        "Age: 15",
        "Part played: I don’t know yet",
        "Vulnerabilities: I don’t know yet",
        "Other agencies involved: None that we know of",
    ]
