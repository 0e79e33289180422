"""Each flag, over everything it reads."""

from collections.abc import Callable
from itertools import product

import pytest

from triage.model.answers import Answers, Person
from triage.model.catalogue import FLAGS
from triage.model.flags import FLAG_RULES, FlagFacts, flags
from triage.model.logic import F, T

from . import casts
from .proof import PRESSURES, TRUTHS, Recorder, calm, proved, with_truths
from .test_people import expected_pictured
from .test_response import (
    agencies,
    is_under_13,
    is_vulnerable,
    minors_concerned,
    one_of,
    vulnerabilities,
)
from .test_rules import pressed

RULE = {rule.id: rule for rule in FLAG_RULES}


def under_10_actor(answers):
    return any(casts.active(p) and p.age in (0, 9) for p in answers.people)


def agency(answers):
    return any(p.agency_involvement in {"previous", "current"} for p in minors_concerned(answers))


def still_unknown(answers):
    return (
        answers.still_accessible == "unknown"
        and answers.image_kind != "no_image"
        and answers.audience in {"known_people", "public"}
    )


def sextortion(answers):
    pressure = pressed(answers)
    return "blackmail" in pressure or (
        answers.relationship == "online_only" and "threats" in pressure
    )


def image(key, value):
    return lambda a: getattr(a, key) == value and a.image_kind != "no_image"


def age_unknown(answers):
    kind = answers.image_kind
    return any(casts.party(p, kind) and casts.adult(p) == "U" for p in answers.people)


EXPECTED: dict[str, Callable[[Answers], object]] = {
    "under_13": is_under_13,
    "under_10_actor": under_10_actor,
    "vulnerable": is_vulnerable,
    "known_to_services": agency,
    "capacity_concern": one_of("capacity_concern", "yes"),
    "immediate_risk": one_of("immediate_risk", "yes"),
    "extreme_content": one_of("extreme_content", "yes"),
    "repeat_incident": one_of("repeat_incident", "yes"),
    "immediate_risk_unknown": one_of("immediate_risk", "unknown"),
    "self_harm_risk": one_of("emotional_impact", "severe"),
    "emotional_impact_unknown": one_of("emotional_impact", "unknown"),
    "still_accessible": image("still_accessible", "yes"),
    "still_accessible_unknown": still_unknown,
    "wide_sharing": image("audience", "public"),
    "ai_generated": one_of("image_kind", "altered_or_generated"),
    "image_not_confirmed": one_of("image_kind", "not_confirmed"),
    "sextortion": sextortion,
    "unwanted_image": one_of("recipient_wanted", "no"),
    "age_gap": lambda a: casts.gap(a.people, a.image_kind),
    "position_of_trust": one_of("position_of_trust", "yes"),
    "adult_pictured": lambda a: any(casts.pictured(p) and casts.adult(p) == "T" for p in a.people),
    "adult_image": lambda a: expected_pictured(a.people) == "F",
    "family_involved": one_of("relationship", "family"),
    "age_unknown": age_unknown,
    "police_involved": one_of("criminal_consequences", "police_involved"),
}
# These follow from the rules: proved below with every truth value of the rules.
FROM_RULES = {"exploitation", "harmful_behaviour", "near_age_adult", "position_of_trust_unknown"}


@pytest.mark.parametrize("flag", EXPECTED)
def test_flag(covered, flag):
    people = {"vulnerable": vulnerabilities, "known_to_services": agencies}
    usual = [*casts.few(), *casts.SINGLES]
    covered(proved(RULE[flag], EXPECTED[flag], people[flag]() if flag in people else usual))


PEOPLE_ONLY = ["under_13", "under_10_actor", "adult_pictured", "adult_image"]


@pytest.mark.parametrize("flag", PEOPLE_ONLY)
def test_flag_about_people_with_every_pair(covered, flag):
    covered(proved(RULE[flag], EXPECTED[flag], casts.pairs()))


def test_every_flag_is_proved_and_in_order():
    assert tuple(RULE) == FLAGS
    assert {*EXPECTED, *FROM_RULES, "facts_open"} == set(FLAGS)


# --- flags that follow from the rules -----------------------------------------------------------


def watched(flag: str, answers: Answers, truths: tuple) -> bool:
    """Whether the flag holds, where it reads nothing but what it declares."""
    seen: set[str] = set()
    value = RULE[flag].test(with_truths(Recorder(answers, seen), truths))
    assert seen <= set(RULE[flag].reads)
    return value is T


def near(answers, truths):
    parties = [p for p in answers.people if casts.party(p, answers.image_kind)]
    adults = [p.age for p in parties if casts.adult(p) == "T"]
    others = [p.age for p in parties if casts.adult(p) != "T"]
    return (
        truths[0] is T
        and len(adults) >= 1
        and set(adults) <= {18, 19}
        and len(others) >= 1
        and set(others) <= {16, 17}
        and truths[1:] == (F, F)
        and answers.adult_contact != "suspected"
        and answers.position_of_trust != "yes"
    )


def couples(ages):
    """Everybody near the ages that matter, with one more person beside them or not."""
    thirds = [(), (Person("C", 15, ("witness",)),), (Person("C", 40, ("shared_on",)),)]
    for one, other, part, third in product(ages, ages, (("received",), ()), thirds):
        yield (Person("A", one, ("pictured",)), Person("B", other, part), *third)


NEAR_AGES = (15, 16, 17, 18, 19, 20, "13_to_17", "adult", "unknown")
ALL_TRUTHS = list(product(TRUTHS, repeat=3))


def test_near_age_adult(covered):
    """Every age where the rules leave room for it; every truth of the rules for a few ages."""
    number = found = 0
    for ages, every in ((NEAR_AGES, [(T, F, F)]), ((17, 18, 20), ALL_TRUTHS)):
        for people, truths, contact, trust, kind in product(
            couples(ages),
            every,
            ("yes", "suspected", "no", "unknown"),
            ("yes", "no", "unknown"),
            ("real", "no_image"),
        ):
            answers = calm(people, adult_contact=contact, position_of_trust=trust, image_kind=kind)
            expected = near(answers, truths)
            assert watched("near_age_adult", answers, truths) is expected, (answers, truths)
            found += expected
            number += 1
    assert found > 0
    covered(number)


def test_exploitation(covered):
    number = 0
    near_age = (Person("A", 17, ("pictured",)), Person("B", 19, ("received",)))
    for people, truths, pressure, motive in product(
        [*casts.few(), near_age],
        product(TRUTHS, repeat=3),
        PRESSURES,
        ("harm", "gain", "thoughtless", "not_shared_on", "unknown"),
    ):
        answers = calm(people, pressure=pressure, onward_motive=motive)
        expected = (
            bool({"sexual_abuse", "payment_or_gifts"} & set(pressure))
            or motive == "gain"
            or (truths[0] is T and not near(answers, truths))
        )
        assert watched("exploitation", answers, truths) is expected, (answers, truths)
        number += 1
    covered(number)


def test_harmful_behaviour(covered):
    number = 0
    for truths, wanted in product(
        product(TRUTHS, repeat=3), ("yes", "no", "not_shared", "unknown")
    ):
        expected = T in truths[1:] or wanted == "no"
        assert watched("harmful_behaviour", calm(recipient_wanted=wanted), truths) is expected
        number += 1
    covered(number)


def test_position_of_trust_unknown(covered):
    number = 0
    for truths, trust in product(product(TRUTHS, repeat=3), ("yes", "no", "unknown")):
        expected = truths[0] is T and trust == "unknown"
        answers = calm(position_of_trust=trust)
        assert watched("position_of_trust_unknown", answers, truths) is expected
        number += 1
    covered(number)


@pytest.mark.parametrize("still_open", [True, False])
def test_facts_open_is_what_it_is_told(still_open):
    found = flags(FlagFacts(calm(), facts_open=still_open))
    assert found == (("facts_open",) if still_open else ())


def test_flags_are_evaluated_out_of_scope_as_well():
    known = FlagFacts(calm(image_kind="no_image", capacity_concern="yes"), facts_open=False)
    assert known.outcome.category == "out_of_scope"
    assert flags(known) == ("capacity_concern",)
