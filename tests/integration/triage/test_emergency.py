"""While a child may be in danger, every page of the triage says what to do, in words."""

import pytest

from guidance.content import Kind
from tests.integration.triage.steps import add_person, answer, fill, start, url

RISK = {"immediate_risk": {"immediate_risk": "yes"}}


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


def panel(client, address: str) -> str:
    """What stands in the panel of a page. AssertionError if there is no panel."""
    page = client.get(address).content.decode()
    _, found, rest = page.partition('id="emergency"')
    assert found
    return rest.partition("</section>")[0]


@pytest.mark.parametrize("page", ["notes", "check"])
def test_the_panel_has_its_title_to_the_end(here, page):
    draft = fill(here, start(here), stop=page, **RISK)
    title = draft.edition.content().item(Kind.PAGE, "emergency").title
    assert "999" in title
    assert title in panel(here, url(draft, page))


def test_the_panel_has_its_title_between_two_answers_that_do_not_fit(here):
    draft = fill(here, start(here), stop="adults", **RISK)
    add_person(here, draft, "p2", ref="B", age="18", roles=["received"])
    answer(here, draft, "adults", adult_contact="no")
    title = draft.edition.content().item(Kind.PAGE, "emergency").title
    assert title in panel(here, url(draft, "which-is-right"))
