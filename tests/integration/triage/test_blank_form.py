"""The blank form asks what the wizard asks, in the words of the published edition."""

import html
import re
from dataclasses import replace

import pytest

from guidance.content import Kind
from tests.factories.accounts import ContactFactory, UserFactory
from triage import blank
from triage.model.route import PAGES
from triage.model.vocabulary import PERSON_VALUES, VALUES
from triage.questions import AGE_BANDS, DONT_KNOW, QUESTIONS

ADDRESS = "/blank-form/"
TAGS = re.compile(r"<[^>]+>")


@pytest.fixture
def form(client, practitioner, guidance) -> str:
    client.force_login(practitioner)
    return client.get(ADDRESS).content.decode()


def words(markup: str) -> str:
    return " ".join(html.unescape(TAGS.sub(" ", markup)).split())


def asked(form: str) -> dict[str, str]:
    """What the form says below each question outside the table of people."""
    blocks = re.findall(r'<div class="app-asked">.*?<strong>(.*?)</strong>(.*?)</div>', form, re.S)
    return {words(question): words(rest) for question, rest in blocks}


def test_each_question_has_a_box_for_every_value_of_the_model(form, guidance):
    edition, found = guidance.content(), asked(form)
    for key, values in VALUES.items():
        below = found[edition.item(Kind.QUESTION, key).title]
        for value in values:
            assert QUESTIONS[key].label(value) in below, (key, value)
        assert QUESTIONS[key].none in below
        assert below.endswith(DONT_KNOW)


def test_each_person_has_a_box_for_every_value_of_the_model(form, guidance):
    groups = re.findall(r"<tbody.*?</tbody>", form, re.S)
    for key, values in PERSON_VALUES.items():
        title = guidance.content().item(Kind.QUESTION, key).title
        start = next(place for place, group in enumerate(groups) if title in words(group))
        # The age itself is written on a line; its groups are a question of their own.
        group = groups[start + 1] if key == "age" else groups[start]
        question = AGE_BANDS if key == "age" else QUESTIONS[key]
        labels = [question.label(value) for value in values]
        assert all(label in words(group) for label in labels), key
        offered = {*labels, DONT_KNOW, *filter(None, [question.none])}
        assert group.count("app-box") == 3 * len(offered), key


def test_the_questions_stand_in_the_order_of_the_wizard(form, guidance):
    edition, text = guidance.content(), words(form)
    keys = [key for page in PAGES for key in page.keys if key != "people_listed"]
    places = [text.index(edition.item(Kind.QUESTION, key).title) for key in keys]
    assert places == sorted(places)
    person = [text.index(edition.item(Kind.QUESTION, key).title) for key in ("ref", "roles")]
    assert places[0] < person[0] < person[1] < places[1]


def test_there_is_room_to_write_what_has_no_boxes(form):
    for question in ("Which apps, sites or services were used?", "What was said"):
        block = re.search(rf"<strong>{re.escape(question)}.*?</div>\s*</div>", form, re.S)
        assert block, question
        assert block[0].count("app-line") >= 2, question


def test_the_warnings_of_the_start_page_come_first(form):
    text = words(form)
    for warning in (
        "Call 999",
        "Answer only what you already know.",
        "Do not question the child.",
        "Do not look at, copy, print, forward or save any image.",
    ):
        assert text.index(warning) < text.index("Is any child at immediate risk")


def test_it_names_the_people_to_call_of_the_own_organisation_alone(
    client, practitioner, stranger, guidance
):
    ContactFactory(organisation=stranger.organisation, name="Another", telephone="01632 960999")
    client.force_login(practitioner)
    text = client.get(ADDRESS).content.decode()
    assert "01632 960001" in text
    assert "01632 960999" not in text


def test_the_words_are_those_of_the_edition(guidance):
    edition = guidance.content()
    pressure = edition.item(Kind.QUESTION, "pressure")
    changed = replace(pressure, title="Did anybody press them?")
    items = tuple(changed if item is pressure else item for item in edition.items)
    intent = blank.sections(replace(edition, items=items))[2]
    assert "Did anybody press them?" in [question.text for question in intent.then]
    assert pressure.title not in [question.text for question in intent.then]


def test_a_start_page_without_a_list_is_printed_whole():
    assert blank.warnings("## One\n\nText\n\n## Two\n\n- a\n") == "## Two\n\n- a\n"
    assert blank.warnings("## One\n\nText\n") == "## One\n\nText\n"


def test_only_for_those_who_may_start_a_triage(client, guidance, school):
    assert client.get(ADDRESS).status_code == 302
    client.force_login(UserFactory(organisation=school, roles=[]))
    assert client.get(ADDRESS).status_code == 403


def test_the_start_page_and_home_lead_to_it(client, practitioner, guidance):
    client.force_login(practitioner)
    for page in ("/", "/triage/start/"):
        assert f'href="{ADDRESS}"' in client.get(page).content.decode()
