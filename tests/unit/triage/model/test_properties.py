"""What must hold whatever is answered."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from triage.model import assess, response_of
from triage.model.answers import Person
from triage.model.catalogue import CATEGORIES, FLAGS, RESPONSES
from triage.model.flags import FLAG_RULES
from triage.model.logic import F, T
from triage.model.open_answers import open_answers
from triage.model.outcome import Findings
from triage.model.response import RESPONSE_RULES, response_rule, urgency
from triage.model.rules import RULES, SCOPE
from triage.model.subtypes import EXPERIMENTAL_RULES
from triage.model.vocabulary import ACTIVE_ROLES, LISTS, PERSON_VALUES, SCALARS

from . import casts
from .proof import Recorder, calm, evaluated
from .strategies import answers as any_answers
from .strategies import people as any_person

MANY = settings(max_examples=400)
MILDEST_FIRST = ("experimental", "undetermined", "aggravated")


@MANY
@given(any_answers())
def test_exactly_one_outcome_in_the_words_of_the_model(answers):
    found = assess(answers)
    assert found.category in CATEGORIES
    assert found.response in RESPONSES
    assert response_of(answers) == found.response
    assert (found.subtype is None) is (found.category in ("undetermined", "out_of_scope"))
    assert (found.indicated is not None) is (found.category == "undetermined")
    assert list(found.flags) == [flag for flag in FLAGS if flag in found.flags]
    settled = not found.cannot_rule_out and not found.deciding_questions
    assert found.certainty == ("settled" if settled else "provisional")
    assert assess(answers) == found


@MANY
@given(any_answers())
def test_never_experimental_while_an_adult_is_involved_or_a_rule_is_open(answers):
    known = Findings(answers)
    experimental = known.outcome.category == "experimental"
    in_scope = not known.out_of_scope
    assert experimental is (in_scope and set(known.aggravated) == {F})
    if known.adult_involved is T and in_scope:
        assert known.outcome.subtype == "adult_involved"
        assert urgency(response_rule(known).id) >= urgency("refer_now")


@MANY
@given(
    any_answers(),
    st.sampled_from([0, 12, 17, "under_13", "13_to_17"]),
    st.sampled_from([18, 25, "adult"]),
    st.sampled_from(ACTIVE_ROLES),
)
def test_a_child_pictured_and_an_adult_with_a_part_is_adult_involved(answers, young, old, role):
    pair = (Person("Y", young, ("pictured",)), Person("Z", old, (role,)))
    found = assess(replace(answers, people=(*answers.people, *pair)))
    out = answers.image_kind == "no_image"
    expected = ("out_of_scope", None) if out else ("aggravated", "adult_involved")
    assert (found.category, found.subtype) == expected
    assert urgency(found.response) >= urgency("refer_now")


# --- rules read what they declare ---------------------------------------------------------------

DECIDING = [
    *RULES,
    SCOPE,
    *EXPERIMENTAL_RULES,
    *(criterion for rule in RESPONSE_RULES for criterion in rule.grounds),
]
FACTS_OPEN = FLAG_RULES[-1]


@settings(max_examples=200)
@given(any_answers())
def test_no_rule_reads_an_answer_it_does_not_declare(answers):
    for rule in [*DECIDING, *FLAG_RULES[:-1]]:
        seen: set[str] = set()
        evaluated(rule, Findings(Recorder(answers, seen)))
        assert seen <= set(rule.reads), rule.id


def test_what_is_open_depends_on_everything_that_decides():
    assert FACTS_OPEN.id == "facts_open"
    assert set(FACTS_OPEN.reads) == {key for rule in DECIDING for key in rule.reads}


# --- a settled outcome stays --------------------------------------------------------------------


def wider_trials(answers, path):
    """More than the model tries: more ages, every vulnerability, every pressure."""
    key = path.rpartition(".")[2]
    if key == "age":
        values = [0, *range(9, 20), 120, *PERSON_VALUES["age"]]
    elif key in ("vulnerabilities", *LISTS):
        items = (PERSON_VALUES | LISTS)[key]
        values = [[], *([item] for item in items)]
    else:
        values = list((PERSON_VALUES | SCALARS)[key])
    return [answers.replace(path, value) for value in values if value != "no_image"]


@MANY
@given(any_answers())
def test_no_single_unknown_changes_a_settled_outcome(answers):
    found = assess(answers)
    assume(found.certainty == "settled")
    for path in open_answers(Findings(answers)):
        for other in wider_trials(answers, path):
            outcome = Findings(other).outcome
            assert (outcome.category, outcome.subtype) == (found.category, found.subtype), path


# --- a more serious answer never makes it milder ------------------------------------------------

# From the least serious to the most. Answers that stand on no line with each other (the partners
# and the peers; a real and an unconfirmed image) are in different lines or in none.
MORE_SERIOUS = {
    "immediate_risk": [("no", "unknown", "yes")],
    "repeat_incident": [("no", "unknown", "yes")],
    "image_kind": [
        ("real", "altered_or_generated"),
        ("not_confirmed", "altered_or_generated"),
        ("unknown", "altered_or_generated"),
    ],
    "audience": [("kept", "pair", "unknown", "known_people", "public")],
    "relationship": [
        (mild, serious)
        for mild in ("partners", "former_partners", "peers", "none", "unknown")
        for serious in ("family", "online_only")
    ],
    "willing_making": [("yes", "unknown", "no")],
    "willing_sharing": [("yes", "unknown", "no"), ("not_shared", "unknown", "no")],
    "recipient_wanted": [("yes", "not_shared", "unknown", "no")],
    "making_motive": [
        ("non_sexual", mild, "under_pressure")
        for mild in ("romantic", "sexual_attention", "for_self", "other", "unknown")
    ],
    "onward_motive": [("not_shared_on", "unknown", "harm", "gain"), ("thoughtless", "unknown")],
    "adult_contact": [("no", "unknown", "suspected", "yes")],
    "position_of_trust": [("no", "unknown", "yes")],
    "capacity_concern": [("no", "unknown", "yes")],
    "extreme_content": [("no", "unknown", "yes")],
    "emotional_impact": [("none_seen", "some", "unknown", "significant", "severe")],
    "criminal_consequences": [("none_identified", "possible", "unknown", "police_involved")],
    "pressure": [
        ((), ("unknown",), ("asked_repeatedly",), ("asked_repeatedly", "threats")),
        (("unknown",), ("guilt_or_dares",), ("guilt_or_dares", "blackmail", "deception")),
        (("unknown",), ("payment_or_gifts",), ("payment_or_gifts", "sexual_abuse")),
    ],
    "agency_involvement": [("none", "previous", "unknown", "current")],
    "vulnerabilities": [((), ("unknown",), ("send",), ("send", "in_care"))],
}


def milder(before, after):
    """What became milder, if anything did. Scope is no degree: it must be the same in both."""
    one, other = Findings(before), Findings(after)
    assert one.out_of_scope is other.out_of_scope
    found = []
    if not one.out_of_scope:
        places = [MILDEST_FIRST.index(known.outcome.category) for known in (one, other)]
        found += ["category"] if places[1] < places[0] else []
    if urgency(response_rule(other).id) < urgency(response_rule(one).id):
        found += ["response"]
    return found


@pytest.mark.parametrize("key", MORE_SERIOUS)
@settings(max_examples=120)
@given(st.data())
def test_a_more_serious_answer_never_makes_it_milder(key, data):
    answers = data.draw(any_answers())
    path = f"people[0].{key}" if key in PERSON_VALUES else key
    for line in MORE_SERIOUS[key]:
        for less, more in pairwise(line):
            assert milder(answers.replace(path, less), answers.replace(path, more)) == []


@MANY
@given(any_answers(), st.sampled_from(ACTIVE_ROLES))
def test_one_more_active_part_never_makes_it_milder(answers, role):
    first, *others = answers.people
    assume(role not in first.roles)
    more = replace(answers, people=(replace(first, roles=(*first.roles, role)), *others))
    assert milder(answers, more) == []


@MANY
@given(any_answers(), any_person())
def test_one_more_person_who_is_not_pictured_never_makes_it_milder(answers, person):
    assume(not casts.pictured(person))
    assert milder(answers, replace(answers, people=(*answers.people, person))) == []


# --- age stands on no line: the youngest count for more, and so do adults -------------------------

CHILD_AGES = [0, 9, 12, 13, 15, 17, "under_13", "13_to_17"]


@MANY
@given(any_answers(), st.sampled_from(CHILD_AGES), st.sampled_from([18, 40, "adult"]))
def test_an_adult_with_a_part_is_never_milder_than_a_child_with_it(answers, young, old):
    """Where a child is known to be in the image. Without one, see the exceptions below."""
    pictured = Person("Y", 15, ("pictured",))
    path = f"people[{len(answers.people) + 1}].age"
    acting = replace(answers, people=(*answers.people, pictured, Person("Z", young, ("received",))))
    assert milder(acting, acting.replace(path, old)) == []


@MANY
@given(any_answers(), st.sampled_from(CHILD_AGES), st.sampled_from(["unknown", 18, "adult"]))
def test_an_age_that_is_not_known_is_never_milder_than_that_of_a_child(answers, young, other):
    """In the category, for somebody with a part who is not pictured; the response, see below."""
    pictured = Person("Y", 15, ("pictured",))
    path = f"people[{len(answers.people) + 1}].age"
    acting = replace(answers, people=(*answers.people, pictured, Person("Z", young, ("received",))))
    assert "category" not in milder(acting, acting.replace(path, other))


EXCEPTIONS = {
    # Known ages three years apart make pressure a matter for referral; an unknown age does not.
    "response": (
        (Person("A", 16, ("pictured",)), Person("B", 12, ("received",), (), "none")),
        {"pressure": ("guilt_or_dares",)},
        "unknown",
    ),
    # Nobody is pictured: with the only child an adult, no child is known to be involved any more.
    "category": ((Person("A"), Person("B", 15, ("received",))), {"adult_contact": "yes"}, 30),
}


@pytest.mark.parametrize("milder_in", EXCEPTIONS)
def test_where_an_older_or_unknown_age_does_make_it_milder(milder_in):
    people, changes, age = EXCEPTIONS[milder_in]
    before = calm(people, **changes)
    assert milder(before, before.replace("people[1].age", age)) == [milder_in]
