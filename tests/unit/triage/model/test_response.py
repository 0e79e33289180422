"""Each criterion of the response, over everything it reads; then which level it leads to."""

from itertools import combinations, product

import pytest

from triage.model.answers import Person
from triage.model.catalogue import RESPONSES
from triage.model.criteria import CONSULT, IMMEDIATE_RISK, REFER_NOW
from triage.model.logic import F, T, Truth
from triage.model.outcome import Findings
from triage.model.response import NOTHING_MORE, OUT_OF_SCOPE, RESPONSE_RULES, response_rule, urgency

from . import casts
from .proof import CALM_PEOPLE, TRUTHS, calm, changed, evaluated, proved, with_truths
from .test_people import expected_involved, expected_pictured
from .test_rules import SERIOUS, SOFT, adult_contact, adult_party, pressed, unidentified_online

REFER = {criterion.id: criterion for criterion in REFER_NOW}
CONSULTED = {criterion.id: criterion for criterion in CONSULT}


def known_adult(person):
    return casts.adult(person) == "T"


def some_adult(answers):
    involved = expected_involved(answers.people, answers.image_kind)
    ground = (
        adult_contact(answers) == "T"
        or answers.position_of_trust == "yes"
        or adult_party(answers) == "T"
        or unidentified_online(answers)
    )
    return ground and involved != "F"


def adult_and_child(answers):
    contact = answers.adult_contact in {"yes", "suspected"} or answers.position_of_trust == "yes"
    return contact and any(not known_adult(person) for person in answers.people)


def pressure_and_power(answers):
    gap = casts.gap(answers.people, answers.image_kind)
    return bool(pressed(answers) & SOFT) and (gap or answers.relationship == "family")


def young_child(answers):
    young = any(casts.pictured(p) and casts.under_13(p) == "T" for p in answers.people)
    return young and (
        answers.making_motive != "non_sexual"
        or answers.audience in {"known_people", "public"}
        or casts.gap(answers.people, answers.image_kind)
    )


def minors_concerned(answers):
    return [p for p in answers.people if casts.concerned(p) and not known_adult(p)]


def is_vulnerable(answers):
    named = {"send", "in_care", "mental_health", "previous_harm", "missing_or_exploited", "other"}
    return any(named & set(person.vulnerabilities) for person in minors_concerned(answers))


def adult_shown(answers):
    return any(casts.pictured(p) and known_adult(p) for p in answers.people) and bool(
        minors_concerned(answers)
    )


def witness(answers):
    saw = any("witness" in p.roles and casts.adult(p) != "F" for p in answers.people)
    return saw and any(casts.pictured(p) and not known_adult(p) for p in answers.people)


def is_under_13(answers):
    return any(casts.concerned(p) and casts.under_13(p) == "T" for p in answers.people)


def one_of(key, *values):
    return lambda answers: getattr(answers, key) in values


EXPECTED = [
    (IMMEDIATE_RISK, one_of("immediate_risk", "yes")),
    (REFER["adult_and_child_listed"], adult_and_child),
    (REFER["serious_pressure"], lambda a: bool(pressed(a) & SERIOUS)),
    (REFER["pressure_and_power"], pressure_and_power),
    (REFER["making_motive"], one_of("making_motive", "under_pressure")),
    (REFER["onward_motive"], one_of("onward_motive", "gain")),
    (REFER["capacity_concern"], one_of("capacity_concern", "yes")),
    (REFER["extreme_content"], one_of("extreme_content", "yes")),
    (REFER["emotional_impact"], one_of("emotional_impact", "severe")),
    (REFER["young_child_pictured"], young_child),
    (CONSULTED["under_13"], is_under_13),
    (CONSULTED["age_gap"], lambda a: casts.gap(a.people, a.image_kind)),
    (CONSULTED["adult_pictured"], adult_shown),
    (CONSULTED["witness_may_be_adult"], witness),
    (CONSULTED["relationship"], one_of("relationship", "family", "online_only")),
    (CONSULTED["audience"], one_of("audience", "public")),
    (CONSULTED["recipient_wanted"], one_of("recipient_wanted", "no")),
    (CONSULTED["repeat_incident"], one_of("repeat_incident", "yes")),
    (CONSULTED["emotional_impact"], one_of("emotional_impact", "significant")),
    (CONSULTED["criminal_consequences"], one_of("criminal_consequences", "police_involved")),
    (CONSULTED["immediate_risk_unknown"], one_of("immediate_risk", "unknown")),
]


def vulnerabilities():
    """Everybody, with and without each vulnerability, beside someone with none."""
    lists = [(), ("unknown",), ("send",), ("in_care", "other"), ("missing_or_exploited",)]
    for (person,), listed in product(casts.SINGLES, lists):
        yield (changed(person, vulnerabilities=listed), CALM_PEOPLE[1])


def agencies():
    for (person,), value in product(casts.SINGLES, ("none", "previous", "current", "unknown")):
        yield (changed(person, agency_involvement=value), CALM_PEOPLE[1])


@pytest.mark.parametrize(("criterion", "expected"), EXPECTED, ids=lambda v: getattr(v, "id", ""))
def test_criterion(covered, criterion, expected):
    covered(proved(criterion, expected, [*casts.few(), *casts.SINGLES]))


@pytest.mark.parametrize(
    ("criterion", "expected"),
    [pair for pair in EXPECTED if all(key.startswith("people.") for key in pair[0].reads)],
    ids=lambda v: getattr(v, "id", ""),
)
def test_criterion_about_people_with_every_pair(covered, criterion, expected):
    covered(proved(criterion, expected, casts.pairs()))


def test_sign_of_an_adult(covered):
    """All its grounds together, over everything they read, with fewer casts."""
    covered(proved(REFER["adult"], some_adult, casts.few()))


def test_known_vulnerability(covered):
    covered(proved(CONSULTED["vulnerable"], is_vulnerable, vulnerabilities()))


def test_current_agency(covered):
    def expected(answers):
        return any(p.agency_involvement == "current" for p in minors_concerned(answers))

    covered(proved(CONSULTED["agency_involved_now"], expected, agencies()))


def test_criteria_that_follow_from_the_classification(covered):
    number = 0
    for people, kind, truths in product(
        casts.few(), ("real", "no_image"), product(TRUTHS, repeat=3)
    ):
        answers = calm(people, image_kind=kind)
        known = with_truths(answers, truths)
        out = kind == "no_image" or expected_pictured(people) == "F"
        involved = expected_involved(people, kind) != "F"
        highest = max(truths)
        assert CONSULTED["aggravated"].test(known) is truth(not out and highest is T)
        assert CONSULTED["undetermined"].test(known) is truth(not out and highest == 1)
        out_but_open = out and involved and highest is not F
        assert CONSULTED["out_of_scope_aggravated"].test(known) is truth(out_but_open)
        assert OUT_OF_SCOPE.test(known) is truth(out)
        number += 1
    covered(number)


def truth(value: bool) -> Truth:
    return T if value else F


def test_every_criterion_is_proved():
    proved_ids = {id(criterion) for criterion, _ in EXPECTED}
    elsewhere = [
        REFER["adult"],
        CONSULTED["vulnerable"],
        CONSULTED["agency_involved_now"],
        CONSULTED["aggravated"],
        CONSULTED["undetermined"],
        CONSULTED["out_of_scope_aggravated"],
        OUT_OF_SCOPE,
        NOTHING_MORE,
    ]
    used = {id(criterion) for rule in RESPONSE_RULES for criterion in rule.grounds}
    assert used == proved_ids | {id(criterion) for criterion in elsewhere}


# One answer for each criterion that makes it hold by itself, in answers that are otherwise calm.
ALONE = {
    "emergency": [{"immediate_risk": "yes"}],
    "refer_now": [
        {"adult_contact": "suspected"},
        {"position_of_trust": "yes"},
        {"pressure": ("deception",)},
        {"pressure": ("asked_repeatedly",), "relationship": "family"},
        {"making_motive": "under_pressure"},
        {"onward_motive": "gain"},
        {"capacity_concern": "yes"},
        {"extreme_content": "yes"},
        {"emotional_impact": "severe"},
        {"people": (Person("A", 12, ("pictured",), (), "none"),)},
    ],
    "consult_specialists": [
        {"willing_making": "no"},
        {"willing_making": "unknown"},
        {"image_kind": "no_image", "adult_contact": "unknown"},
        {"relationship": "family"},
        {"relationship": "online_only"},
        {"audience": "public"},
        {"recipient_wanted": "no"},
        {"repeat_incident": "yes"},
        {"emotional_impact": "significant"},
        {"criminal_consequences": "police_involved"},
        {"immediate_risk": "unknown"},
        {"people": (*CALM_PEOPLE, Person("C", 12, ("witness",)))},
        {"people": (*CALM_PEOPLE, Person("C", "unknown", ("witness",)))},
        {"people": (*CALM_PEOPLE, Person("C", 15, ("witness",), ("send",)))},
        {"people": (*CALM_PEOPLE, Person("C", 15, ("witness",), (), "current"))},
    ],
    "other_procedure": [{"image_kind": "no_image"}],
    "dsl_judgement": [{}],
}


@pytest.mark.parametrize(
    ("level", "changes"), [(level, one) for level, several in ALONE.items() for one in several]
)
def test_level_of_one_criterion_alone(level, changes):
    assert response_rule(Findings(calm(**changes))).id == level


def test_of_two_criteria_the_more_urgent_counts(covered):
    single = [(level, one) for level, several in ALONE.items() for one in several if one]
    number = 0
    for (one_level, one), (other_level, other) in combinations(single, 2):
        if not set(one) & set(other) and "image_kind" not in {*one, *other}:
            expected = max(one_level, other_level, key=RESPONSES.index)
            found = response_rule(Findings(calm(**one, **other))).id
            # Two criteria together may meet a third, more urgent one: never a less urgent one.
            assert urgency(found) >= urgency(expected), (one, other)
            number += 1
    covered(number)


def test_the_levels_from_the_most_urgent():
    assert [rule.id for rule in RESPONSE_RULES] == list(reversed(RESPONSES))
    assert evaluated(NOTHING_MORE, Findings(calm())) is T
