"""Answers that cannot both be right: asked about one by one, and only the one shown is settled."""

import re

import pytest

from tests.integration.triage.steps import add_person, answer, fill, url

pytestmark = pytest.mark.django_db

ABOUT = re.compile(r'name="about"[^>]*value="([^"]*)"')
ADULT = "You said no adult was involved, but B is 18 or over."
NO_PRESSURE = "You said there was no pressure, but B put pressure on somebody."


def page_of(here, draft):
    """The page that asks, and the contradiction that it carries."""
    page = here.get(url(draft, "which-is-right"))
    assert page.status_code == 200
    return page.content.decode(), ABOUT.search(page.content.decode())[1]


def choose(here, draft, which, about=None):
    if about is None:
        about = page_of(here, draft)[1]
    return here.post(url(draft, "which-is-right"), {"which": which, "about": about})


@pytest.fixture
def adult(here, draft):
    """No adult, but B is 18."""
    fill(here, draft, stop="adults")
    add_person(here, draft, "p2", ref="B", age="18", roles=["received"])
    answer(here, draft, "adults", adult_contact="no")
    draft.refresh_from_db()
    return draft


@pytest.fixture
def two(here, draft):
    """No adult, but B is 18; and no pressure, but B put some on."""
    fill(here, draft)
    add_person(here, draft, "p2", ref="B", age="18", roles=["received", "pressured_others"])
    draft.refresh_from_db()
    return draft


def test_no_adult_but_somebody_is_18_is_asked_about(here, adult):
    assert here.get(url(adult, "check")).url == url(adult, "which-is-right")
    assert ADULT in page_of(here, adult)[0]


def test_an_unknown_settles_it(here, adult):
    assert choose(here, adult, "unknown").url == url(adult, "position-of-trust")
    adult.refresh_from_db()
    assert adult.answers["adult_contact"] == "unknown"


def test_choosing_a_side_leads_to_the_page_that_changes_it(here, adult):
    assert choose(here, adult, "people[1]").url == url(adult, "people/p2")
    assert choose(here, adult, "adult_contact").url == url(adult, "adults")


@pytest.mark.parametrize("which", ["people[9]", "people[0]", "pressure", "", "\x00"])
def test_what_was_not_offered_is_refused(here, adult, which):
    page = choose(here, adult, which)
    assert page.status_code == 422
    assert ADULT in page.content.decode()
    adult.refresh_from_db()
    assert adult.answers["adult_contact"] == "no"


def test_a_contradiction_stands_in_the_way_of_the_check(here, draft):
    fill(here, draft)
    add_person(here, draft, "p1", roles=["pictured", "pressured_others"])
    assert here.get(url(draft, "check")).url == url(draft, "which-is-right")


def test_the_page_to_change_opens_though_one_before_it_is_open_again(here, two):
    here.post(url(two, "people/p1/remove"))  # now somebody pictured is asked for first
    for which, page in [("adult_contact", "adults"), ("people[0]", "people/p2")]:
        assert choose(here, two, which).url == url(two, page)
        assert here.get(url(two, page)).status_code == 200
    assert answer(here, two, "adults", adult_contact="yes").url == url(two, "which-is-right")
    assert answer(here, two, "pressure", pressure=["threats"]).url == url(two, "people")


def test_there_is_no_image_can_be_changed_before_that_page_was_reached(here, draft):
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, roles=["asked_for_image"])
    answer(here, draft, "people", people_listed="no_image")
    add_person(here, draft, roles=["pictured"])
    assert choose(here, draft, "image_kind").url == url(draft, "image")
    assert answer(here, draft, "image", image_kind="real").url == url(draft, "earlier-incidents")


# --- the one that was shown, and no other -------------------------------------------------------


def test_a_double_click_settles_one_and_asks_about_the_next(here, two):
    text, about = page_of(here, two)
    assert ADULT in text
    for _ in range(2):
        assert choose(here, two, "unknown", about).url == url(two, "which-is-right")
    two.refresh_from_db()
    assert (two.answers["adult_contact"], two.answers["pressure"]) == ("unknown", [])
    assert NO_PRESSURE in page_of(here, two)[0]


def test_the_one_shown_is_settled_though_another_comes_first_by_now(here, two):
    answer(here, two, "adults", adult_contact="suspected")
    text, about = page_of(here, two)
    assert NO_PRESSURE in text
    answer(here, two, "adults", adult_contact="no")
    assert ADULT in page_of(here, two)[0]
    refused = choose(here, two, "adult_contact", about)
    assert NO_PRESSURE in refused.content.decode()
    choose(here, two, "unknown", about)
    two.refresh_from_db()
    assert (two.answers["adult_contact"], two.answers["pressure"]) == ("no", ["unknown"])


def test_the_one_shown_is_about_that_person_not_about_who_moved_up(here, adult):
    about = page_of(here, adult)[1]
    add_person(here, adult, "p3", ref="C", age="40", roles=["received"])
    here.post(url(adult, "people/p2/remove"))
    for which in ("people[1]", "unknown"):
        assert choose(here, adult, which, about).url == url(adult, "which-is-right")
    adult.refresh_from_db()
    assert adult.answers["adult_contact"] == "no"
    assert "but C is 18 or over" in page_of(here, adult)[0]


@pytest.mark.parametrize("about", ["", "x", "\x00", "adult_contact", "adult_contact people[1]"])
@pytest.mark.parametrize("which", ["unknown", "adult_contact", ""])
def test_one_that_was_not_shown_settles_nothing(here, adult, about, which):
    assert choose(here, adult, which, about).url == url(adult, "which-is-right")
    adult.refresh_from_db()
    assert adult.answers["adult_contact"] == "no"


def test_without_saying_which_was_shown_nothing_is_settled(here, adult):
    response = here.post(url(adult, "which-is-right"), {"which": "unknown"})
    assert response.url == url(adult, "which-is-right")
    adult.refresh_from_db()
    assert adult.answers["adult_contact"] == "no"


def test_a_stale_page_goes_on_when_nothing_contradicts_any_more(here, adult):
    about = page_of(here, adult)[1]
    answer(here, adult, "adults", adult_contact="yes")
    assert choose(here, adult, "unknown", about).url == url(adult, "position-of-trust")
    adult.refresh_from_db()
    assert adult.answers["adult_contact"] == "yes"
