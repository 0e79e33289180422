"""Each ground of the aggravated rules over everything it reads; then how a rule composes them."""

from itertools import product

import pytest

from triage.model.answers import Person
from triage.model.conditions import Condition, Rule
from triage.model.facts import Facts
from triage.model.logic import all_of, any_of
from triage.model.outcome import Findings
from triage.model.rules import RULES, SCOPE, harm, reckless, scope
from triage.model.rules import adult as adult_rule

from . import casts
from .proof import PRESSURES, TRUTHS, calm, proved
from .test_people import expected_involved, expected_pictured

SERIOUS = {"threats", "blackmail", "deception", "payment_or_gifts", "sexual_abuse"}
SOFT = {"asked_repeatedly", "guilt_or_dares"}


def pressed(answers):
    added = (
        {"asked_repeatedly"}
        if any("pressured_others" in p.roles for p in answers.people)
        else set()
    )
    return set(answers.pressure) | added


def adult_contact(answers):
    return {"yes": "T", "suspected": "T", "no": "F", "unknown": "U"}[answers.adult_contact]


def adult_party(answers):
    kind = answers.image_kind
    adult_image = expected_pictured(answers.people) == "F"
    values = []
    for person in answers.people:
        only_pictured = casts.pictured(person) and not casts.active(person)
        aside = adult_image and casts.adult(person) == "T" and only_pictured
        if casts.party(person, kind) and not aside:
            values.append(casts.adult(person))
        elif person.roles == () and casts.adult(person) != "F":
            values.append("U")
    return "T" if "T" in values else "U" if "U" in values else "F"


def unidentified_online(answers):
    another_child = any(
        "pressured_others" in p.roles and casts.adult(p) == "F" and not casts.pictured(p)
        for p in answers.people
    )
    kinds = SERIOUS - {"sexual_abuse"}
    return (
        answers.relationship == "online_only"
        and bool(kinds & pressed(answers))
        and not another_child
    )


def serious(answers):
    pressure = pressed(answers)
    if pressure & SERIOUS:
        return "T"
    return "U" if pressure & (SOFT | {"unknown"}) else "F"


def onward(answers):
    motive = answers.onward_motive
    if motive != "unknown":
        return {"harm": "T", "gain": "T", "thoughtless": "F", "not_shared_on": "F"}[motive]
    settled = (
        answers.willing_sharing in {"yes", "not_shared"}
        or answers.audience == "kept"
        or answers.image_kind == "no_image"
    )
    return "F" if settled else "U"


def doubted(answers):
    """Consent is not presumed."""
    return (
        answers.capacity_concern == "yes"
        or casts.gap(answers.people, answers.image_kind)
        or answers.image_kind == "altered_or_generated"
        or not any(casts.pictured(p) for p in answers.people)
    )


def making(answers):
    if answers.image_kind == "no_image":
        return "F"
    yes = "U" if doubted(answers) else "F"
    return {"no": "T", "yes": yes, "unknown": "U"}[answers.willing_making]


def sharing(answers):
    if answers.image_kind == "no_image":
        return "F"
    seen = answers.audience in {"known_people", "public"} or any(
        "shared_on" in p.roles for p in answers.people
    )
    yes = "U" if doubted(answers) else "F"
    not_shared = "U" if seen else "F"
    return {"no": "T", "yes": yes, "unknown": "U", "not_shared": not_shared}[
        answers.willing_sharing
    ]


def soft(answers):
    pressure = pressed(answers)
    return "T" if pressure & SOFT else "U" if "unknown" in pressure else "F"


EXPECTED = [
    (adult_rule.CHILD_INVOLVED, lambda a: expected_involved(a.people, a.image_kind)),
    (adult_rule.ADULT_CONTACT, adult_contact),
    (adult_rule.POSITION_OF_TRUST, lambda a: a.position_of_trust == "yes"),
    (adult_rule.ADULT_PARTY, adult_party),
    (adult_rule.UNIDENTIFIED_ONLINE, unidentified_online),
    (harm.SERIOUS, serious),
    (harm.ONWARD_HARM, onward),
    (reckless.UNWILLING_MAKING, making),
    (reckless.UNWILLING_SHARING, sharing),
    (reckless.SOFT, soft),
    (reckless.UNDER_PRESSURE, lambda a: a.making_motive == "under_pressure"),
    (scope.NO_IMAGE, lambda a: a.image_kind == "no_image"),
    (
        scope.NO_CHILD_PICTURED,
        lambda a: {"T": "F", "U": "U", "F": "T"}[expected_pictured(a.people)],
    ),
]


@pytest.mark.parametrize(
    ("condition", "expected"), EXPECTED, ids=lambda value: getattr(value, "id", "")
)
def test_condition_with_a_few_casts(covered, condition, expected):
    covered(proved(condition, expected, [*casts.few(), *casts.SINGLES]))


PEOPLE_ONLY = [
    pair
    for pair in EXPECTED
    if pair[0].id in {"child_involved", "adult_party", "no_child_pictured", "soft_pressure"}
]


@pytest.mark.parametrize(
    ("condition", "expected"), PEOPLE_ONLY, ids=lambda value: getattr(value, "id", "")
)
def test_condition_with_every_pair_of_people(covered, condition, expected):
    number = 0
    plain = [key for key in condition.reads if not key.startswith("people.")]
    chosen = {"image_kind": ("real", "no_image"), "pressure": ((), ("unknown",), ("threats",))}
    for people in casts.pairs():
        for values in product(*(chosen[key] for key in plain)):
            answers = calm(people, **dict(zip(plain, values, strict=True)))
            assert condition.test(Facts(answers)).name[0] == expected(answers), answers
            number += 1
    covered(number)


def test_every_condition_of_every_rule_is_proved():
    used = {id(c) for rule in (*RULES, SCOPE) for c in rule.conditions}
    assert used == {id(condition) for condition, _ in EXPECTED}


@pytest.mark.parametrize("rule", [*RULES, SCOPE], ids=lambda rule: rule.id)
def test_a_rule_needs_all_its_needs_and_any_of_its_grounds(covered, rule):
    """The rule's own shape, with each condition set to every truth value in turn."""
    number = 0
    for values in product(TRUTHS, repeat=len(rule.conditions)):
        fixed = [_fixed(c, value) for c, value in zip(rule.conditions, values, strict=True)]
        count = len(rule.needs)
        remade = Rule(rule.id, rule.title, rule.source, tuple(fixed[:count]), tuple(fixed[count:]))
        expected = all_of([*values[:count], any_of(values[count:])])
        assert remade.value(Findings(calm())) is expected
        number += 1
    covered(number)


def _fixed(condition, value):
    return Condition(condition.id, condition.clause, (), condition.source, lambda known: value)


def test_the_rules_are_made_of_what_the_model_says():
    assert [[c.id for c in rule.needs] for rule in RULES] == [["child_involved"], [], []]
    assert [[c.id for c in rule.grounds] for rule in (*RULES, SCOPE)] == [
        ["adult_contact", "position_of_trust", "adult_party", "unidentified_online"],
        ["serious_pressure", "onward_harm"],
        ["unwilling_making", "unwilling_sharing", "soft_pressure", "making_motive"],
        ["image_kind", "no_child_pictured"],
    ]


def test_having_pressured_others_is_asking_repeatedly():
    people = (Person("A", 15, ("pictured",)), Person("B", 15, ("pressured_others",)))
    for listed in PRESSURES:
        facts = Facts(calm(people, pressure=listed))
        assert facts.pressure == {*listed, "asked_repeatedly"}
