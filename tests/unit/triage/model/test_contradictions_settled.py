"""Whatever a draft holds, "I don't know yet which is right" settles what contradicts in it."""

from random import Random

from hypothesis import given

from triage.model.contradictions import contradictions
from triage.model.route import PAGES, replay

from .strategies import seeds, some_answers

KINDS = {
    ("adult_contact", "people"),
    ("adult_contact", "position_of_trust"),
    ("audience", "people"),
    ("image_kind", "people"),
    ("onward_motive", "people"),
    ("pressure", "making_motive"),
    ("pressure", "people"),
    ("recipient_wanted", "audience"),
    ("recipient_wanted", "onward_motive"),
    ("recipient_wanted", "people"),
    ("willing_sharing", "audience"),
    ("willing_sharing", "onward_motive"),
    ("willing_sharing", "people"),
}


def a_draft(random: Random):
    """What a draft may hold: any answers, some pages not answered yet, some left from a branch."""
    stored = {**some_answers(random).as_json(), "people_listed": "yes", "notes": ""}
    stored["people"] = [{"id": f"p{i}", **person} for i, person in enumerate(stored["people"])]
    # Without an answer on the first page there is no other page.
    open_pages = random.sample(PAGES[1:], random.choice([0, 0, 1, len(PAGES) // 2]))
    for key in {key for page in open_pages for key in page.keys}:
        stored.pop(key, None)
    return stored


def found_in(stored):
    return contradictions(replay(stored).answers)


def settled(stored, key):
    """The draft after "I don't know yet which is right"."""
    return {**stored, key: ["unknown"] if key == "pressure" else "unknown"}


@given(seeds())
def test_the_first_side_is_a_question_asked_and_answered_here(random):
    stored = a_draft(random)
    asked = {key for step in replay(stored).steps for key in step.asks}
    for found in found_in(stored):
        assert found.sides[0] in asked & set(stored)


@given(seeds())
def test_the_second_side_is_a_person_or_a_question_asked_and_answered_here(random):
    stored = a_draft(random)
    asked = {key for step in replay(stored).steps for key in step.asks}
    people = {f"people[{index}]" for index in range(len(stored["people"]))}
    for found in found_in(stored):
        assert found.sides[1] in people | (asked & set(stored))


@given(seeds())
def test_unknown_removes_the_contradiction(random):
    stored = a_draft(random)
    for found in found_in(stored):
        left = found_in(settled(stored, found.sides[0]))
        assert found.sides not in [other.sides for other in left]


@given(seeds())
def test_unknown_again_and_again_comes_to_an_end(random):
    stored = a_draft(random)
    for _ in range(len(stored)):
        if not (found := found_in(stored)):
            return
        stored = settled(stored, found[0].sides[0])
    assert not found_in(stored)


@given(seeds())
def test_no_two_have_the_same_sides(random):
    sides = [found.sides for found in found_in(a_draft(random))]
    assert len(set(sides)) == len(sides)


@given(seeds())
def test_each_says_what_was_said_and_what_stands_against_it(random):
    for found in found_in(a_draft(random)):
        said, but, against = found.text.partition(", but ")
        assert said.startswith("You said ")
        assert but
        assert against.endswith(".")


def test_the_drafts_drawn_hold_every_kind():
    """Otherwise the properties above would say little."""
    drawn = {
        (found.sides[0], found.sides[1].partition("[")[0])
        for seed in range(3000)
        for found in found_in(a_draft(Random(seed)))
    }
    assert drawn == KINDS
