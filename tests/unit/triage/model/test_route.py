"""The route: which pages apply, what counts, what a skipped page says."""

import pytest

from triage.model import route
from triage.model.answers import parse
from triage.model.route import PAGES, answers_so_far, replay

CHILD = {"id": "a", "ref": "A", "age": 15, "roles": ["pictured"]}
EVERYTHING = {
    "immediate_risk": "no",
    "people": [CHILD],
    "people_listed": "yes",
    "repeat_incident": "no",
    "image_kind": "real",
    "audience": "pair",
    "services": [],
    "still_accessible": "no",
    "relationship": "peers",
    "recipient_wanted": "yes",
    "willing_making": "yes",
    "making_motive": "romantic",
    "willing_sharing": "yes",
    "onward_motive": "not_shared_on",
    "pressure": [],
    "adult_contact": "no",
    "capacity_concern": "no",
    "extreme_content": "no",
    "emotional_impact": "some",
    "criminal_consequences": "possible",
    "long_term_impact": [],
    "notes": "",
}
ALL_PAGES = [page.name for page in PAGES]


def without(*names):
    return [name for name in ALL_PAGES if name not in names]


def test_a_complete_draft_visits_every_page_but_position_of_trust():
    found = replay(EVERYTHING)
    assert found.names == without("position-of-trust")
    assert found.first_open is None


def test_nothing_answered_asks_everything_from_the_start():
    found = replay({})
    assert found.names == ALL_PAGES  # an adult may be involved: nobody said otherwise yet
    assert found.first_open.page.name == "immediate-risk"
    assert found.answers == {"people": []}


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "position-of-trust"])
def test_a_page_without_one_of_its_answers_is_the_first_open(page):
    missing = page.keys[-1]
    stored = {key: value for key, value in EVERYTHING.items() if key != missing}
    assert replay(stored).first_open.page.name == page.name


def test_kept_skips_sharing_and_says_it_was_not_shared():
    found = replay({**EVERYTHING, "audience": "kept"})
    assert found.names == without("position-of-trust", "sharing")
    assert found.step("relationship").asks == ("relationship",)
    assert found.answers["willing_sharing"] == "not_shared"
    assert found.answers["recipient_wanted"] == "not_shared"
    assert found.answers["onward_motive"] == "not_shared_on"


def test_no_image_skips_making_and_sharing_but_no_question_about_harm():
    found = replay({**EVERYTHING, "image_kind": "no_image", "adult_contact": "yes"})
    assert found.names == without("audience", "making", "sharing")
    assert {"pressure", "adults", "position-of-trust", "consent", "feelings"} <= set(found.names)
    assert "making_motive" not in found.answers
    assert "willing_making" not in found.answers
    assert found.answers["audience"] == "kept"
    assert found.answers["willing_sharing"] == "not_shared"
    assert found.step("services").asks == ("services",)


def test_an_abandoned_branch_does_not_count_and_is_not_lost():
    stored = {**EVERYTHING, "willing_sharing": "no", "onward_motive": "harm"}
    kept = {**stored, "audience": "kept"}
    assert replay(kept).answers["onward_motive"] == "not_shared_on"
    back = {**kept, "audience": "pair"}
    assert replay(back).answers["onward_motive"] == "harm"


@pytest.mark.parametrize(
    ("adult_contact", "person", "asked"),
    [
        ("no", CHILD, False),
        ("yes", CHILD, True),
        ("suspected", CHILD, True),
        ("unknown", CHILD, True),
        ("no", {**CHILD, "age": 18}, True),
        ("no", {**CHILD, "age": "adult"}, True),
        ("no", {**CHILD, "age": "unknown"}, True),
        ("no", {**CHILD, "age": "13_to_17"}, False),
        ("no", {**CHILD, "age": 40, "roles": ["reporter"]}, False),
        ("no", {**CHILD, "age": "adult", "roles": ["reporter"]}, False),
        ("no", {**CHILD, "age": "unknown", "roles": ["reporter"]}, True),
        ("no", {**CHILD, "age": 40, "roles": ["reporter", "received"]}, True),
    ],
)
def test_position_of_trust_is_asked_only_where_an_adult_is_or_may_be_involved(
    adult_contact, person, asked
):
    stored = {**EVERYTHING, "adult_contact": adult_contact, "people": [person]}
    found = replay({**stored, "position_of_trust": "yes"})
    assert (found.step("position-of-trust") is not None) is asked
    assert found.answers["position_of_trust"] == ("yes" if asked else "no")


def test_the_list_of_people_needs_somebody_pictured():
    stored = {**EVERYTHING, "people": [{**CHILD, "roles": ["received"]}]}
    assert replay(stored).first_open.page.name == "people"


def test_the_list_of_people_needs_to_be_confirmed():
    stored = {k: v for k, v in EVERYTHING.items() if k != "people_listed"}
    assert replay(stored).first_open.page.name == "people"


def test_with_no_image_nobody_needs_to_be_pictured():
    people = [{**CHILD, "roles": []}]
    stored = {**EVERYTHING, "people": people, "people_listed": "no_image"}
    assert replay({**stored, "image_kind": "no_image"}).first_open is None


def test_saying_later_that_there_is_an_image_asks_again_who_is_pictured():
    people = [{**CHILD, "roles": []}]
    stored = {**EVERYTHING, "people": people, "people_listed": "no_image", "image_kind": "real"}
    assert replay(stored).first_open.page.name == "people"


def test_a_page_is_reachable_up_to_the_first_open_one():
    stored = {"immediate_risk": "no"}
    found = replay(stored)
    assert found.reachable("immediate-risk")
    assert found.reachable("people")
    assert not found.reachable("earlier-incidents")
    assert not found.reachable("no-such-page")


def test_an_answered_page_stays_reachable_when_one_before_it_is_open_again():
    found = replay({k: v for k, v in EVERYTHING.items() if k != "audience"})
    assert found.first_open.page.name == "audience"
    assert found.reachable("adults")
    assert not replay({**EVERYTHING, "audience": "kept"}).reachable("sharing")


def test_a_page_not_answered_is_not_reachable_past_an_open_one():
    stored = {k: v for k, v in EVERYTHING.items() if k not in ("audience", "emotional_impact")}
    assert not replay(stored).reachable("feelings")


def test_every_page_of_a_complete_route_is_reachable():
    found = replay(EVERYTHING)
    assert all(found.reachable(name) for name in found.names)
    assert not found.reachable("position-of-trust")


def test_the_page_before():
    found = replay(EVERYTHING)
    assert found.before("immediate-risk") is None
    assert found.before("consent") == "adults"  # position of trust is not on this route


def test_answers_so_far_are_always_fit_to_classify():
    assert answers_so_far({}) == {"people": [{"ref": route.NOBODY_YET}]}
    parse(answers_so_far({}))
    parse(answers_so_far(EVERYTHING))


@pytest.mark.parametrize("count", range(len(EVERYTHING) + 1))
def test_a_draft_cut_off_anywhere_can_be_classified(count):
    parse(answers_so_far(dict(list(EVERYTHING.items())[:count])))


def test_what_is_the_drafts_own_does_not_reach_the_answers():
    answers = replay({**EVERYTHING, "notes": "What was said"}).answers
    assert "notes" not in answers
    assert "people_listed" not in answers
    assert "id" not in answers["people"][0]


def test_the_step_of_a_page_that_is_known_to_apply():
    steps = replay({})
    assert steps.at("people").page.name == "people"
    with pytest.raises(KeyError):
        replay({"image_kind": "no_image", "people": []}).at("sharing")
