"""The outcome, the case and the home pages: what they say, and to whom."""

import re
from dataclasses import replace

import pytest

from accounts.models import ContactKind
from accounts.roles import Role
from referrals.models import Case
from tests.factories.accounts import ContactFactory, UserFactory
from tests.factories.guidance import publish
from tests.integration.triage.steps import add_person, answer, fill, start, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


@pytest.fixture
def case(here) -> Case:
    draft = fill(here, start(here))
    here.post(url(draft, "submit"))
    return Case.objects.get()


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def outcome(client, case):
    return text_of(client, f"/cases/{case.reference}/outcome/")


def test_the_outcome_says_everything_in_its_order(here, case):
    page = outcome(here, case)
    in_order = [
        "What to do right now",
        "Whom to call",
        "01632 960001",
        'id="kind"',
        "Experimental: Romantic",
        "This classifies the incident, not a child",
        'id="why"',
        'id="open"',
        'id="people"',
        'id="procedures"',
        'id="steps"',
        'id="law"',
        'id="decides"',
        "Discuss it with your designated safeguarding lead",
    ]
    places = [page.index(text, page.index("<h1")) for text in in_order]
    assert places == sorted(places)


def test_it_names_whom_to_call_by_the_response(here, school):
    for kind in (ContactKind.POLICE, ContactKind.LADO, ContactKind.CHILDRENS_SERVICES):
        ContactFactory(organisation=school, kind=kind, name=f"Example {kind}")
    draft = fill(here, start(here), adults={"adult_contact": "yes"}, stop="consent")
    answer(here, draft, "position-of-trust", position_of_trust="yes")
    here.post(url(draft, "send/consent"), {})
    page = outcome(here, Case.objects.get())
    for kind in ("police", "lado", "childrens_services"):
        assert f"Example {kind}" in page


def test_a_calm_case_does_not_name_the_police(here, case, school):
    ContactFactory(organisation=school, kind=ContactKind.POLICE, name="Example Police")
    assert "Example Police" not in outcome(here, case)


def test_what_is_open_says_what_it_could_make_of_it(here):
    draft = fill(here, start(here), stop="people")
    add_person(here, draft)
    add_person(here, draft, "p2", ref="B", age="", age_band="unknown", roles=["received"])
    here.post(url(draft, "send/people"), {})
    page = outcome(here, Case.objects.get())
    assert "(B): it could make this Aggravated: Adult Involved" in page
    least = page.index("could make this Aggravated: Reckless Misuse.")
    assert page.index("(B): it could") < least


def test_the_plain_text_holds_what_the_page_holds(here, case):
    page = text_of(here, f"/cases/{case.reference}/outcome/text/")
    for words in ("WHAT TO DO RIGHT NOW", "WHOM TO CALL", "01632 960001", "NEXT STEPS", "EDITION"):
        assert words in page.upper()
    for row in case.recommendations.all():
        assert case.assessment.edition.content().item(row.kind, row.key).title in page.replace(
            "&#x27;", "'"
        ).replace("&quot;", '"')


def test_what_people_typed_is_escaped(here, dsl):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    attack = "<script>alert(1)</script>"
    add_person(here, draft, ref=attack)
    here.post(url(draft, "send/people"), {})
    case = Case.objects.get()
    here.force_login(dsl)
    for address in ("/", f"/cases/{case.reference}/", f"/cases/{case.reference}/outcome/"):
        page = text_of(here, address)
        assert attack not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_outcome_keeps_the_words_of_its_own_edition(here, case, guidance):
    mine = guidance.content().item("outcome", "romantic")
    other = replace(mine, title="Another title")
    items = tuple(other if item == mine else item for item in guidance.content())
    type(guidance).objects.update(status="archived")
    publish(replace(guidance.content(), number=2, items=items))
    assert "Another title" not in outcome(here, case)
    assert mine.title in outcome(here, case)
    draft = fill(here, start(here))
    here.post(url(draft, "submit"))
    assert "Another title" in outcome(here, Case.objects.get(draft=draft))


# --- who may see what ---------------------------------------------------------------------------


def addresses(case):
    draft = case.draft
    return [
        f"/cases/{case.reference}/",
        f"/cases/{case.reference}/outcome/",
        f"/cases/{case.reference}/outcome/text/",
        url(draft, "outcome"),
        url(draft, "read"),
        url(draft, "check"),
        url(draft, "feelings"),
        url(draft, "people/p1"),
        url(draft, "people/p1/remove"),
        url(draft, "discard"),
        url(draft, "which-is-right"),
        url(draft, "submit"),
        url(draft, "send/feelings"),
        url(draft, "send/people/p1"),
    ]


@pytest.mark.parametrize("who", ["stranger", "colleague", "strange_dsl"])
def test_others_get_404_for_every_draft_outcome_and_case(here, case, who, request):
    here.force_login(request.getfixturevalue(who))
    for address in addresses(case):
        for response in (here.get(address), here.post(address, {"reason": "x"})):
            # 405: this address takes no POST, whoever asks.
            assert response.status_code in (404, 405), address
            assert case.reference not in response.content.decode().replace(address, "")
        assert here.get(address).status_code == 404, address


@pytest.mark.parametrize(
    "reference", ["%00", "%ED%A0%80", "CCCCC-CCCC%00", "cases", "%F0%9F%98%80"]
)
@pytest.mark.parametrize("page", ["", "outcome/", "plan/add/"])
def test_what_is_no_reference_is_no_address(here, dsl, reference, page):
    here.force_login(dsl)
    assert here.get(f"/cases/{reference}/{page}").status_code == 404


def test_the_same_addresses_work_for_those_who_may(here, case, practitioner, dsl):
    here.force_login(practitioner)
    assert case.reference in outcome(here, case)
    assert here.get(f"/cases/{case.reference}/").status_code == 404
    here.force_login(dsl)
    assert case.reference in text_of(here, f"/cases/{case.reference}/")
    assert "15" in text_of(here, url(case.draft, "read"))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.GUIDANCE_EDITOR, Role.OPERATOR])
def test_managers_editors_and_operators_see_no_case(here, case, role, school):
    here.force_login(UserFactory(organisation=school, roles=[role]))
    for address in addresses(case):
        assert here.get(address).status_code in (403, 404), address
    assert case.reference not in text_of(here, "/")
    assert here.post("/triage/start/").status_code == 403


def test_signed_out_everything_leads_to_sign_in(here, case):
    here.logout()
    for address in [*addresses(case), "/", "/triage/start/", "/how-this-tool-decides/"]:
        assert here.get(address).url == f"/sign-in/?next={address}"


# --- home ---------------------------------------------------------------------------------------


def test_the_practitioner_sees_own_drafts_and_cases_with_their_status(here, case):
    fill(here, start(here), stop="audience")
    home = text_of(here, "/")
    assert "Section 2 of 4: How it was shared" in home
    assert case.reference in home
    assert "Received, not yet acknowledged" in home


def test_a_practitioner_does_not_see_anothers(here, case, colleague):
    here.force_login(colleague)
    home = text_of(here, "/")
    assert case.reference not in home
    assert "Start a triage" in home


def test_the_lead_sees_open_drafts_urgent_ones_marked_as_soon_as_answered(here, dsl, practitioner):
    fill(here, start(here), stop="people", immediate_risk={"immediate_risk": "no"})
    draft = start(here)
    here.force_login(dsl)
    assert "Urgent" not in text_of(here, "/")
    here.force_login(practitioner)
    answer(here, draft, "immediate-risk", immediate_risk="yes")
    here.force_login(dsl)
    home = text_of(here, "/")
    assert "Immediate risk of harm" in home
    # Urgent first, although the other was there before it.
    assert home.index("Immediate risk of harm") < home.index("Section 1 of 4")


def test_the_lead_sees_cases_most_urgent_first_then_oldest(here, dsl):
    calm = [start(here), start(here)]
    for draft in calm:
        fill(here, draft)
        here.post(url(draft, "submit"))
    urgent = start(here)
    answer(here, urgent, "immediate-risk", immediate_risk="yes")
    here.post(url(urgent, "send/people"), {})
    order = [Case.objects.get(draft=draft).reference for draft in (urgent, *calm)]
    here.force_login(dsl)
    home = text_of(here, "/")
    places = [home.index(reference) for reference in order]
    assert places == sorted(places)


def test_the_lists_take_a_constant_number_of_queries(here, dsl, django_assert_max_num_queries):
    for _ in range(6):
        draft = start(here)
        here.post(url(draft, "send/immediate-risk"), {})
        start(here)
    here.force_login(dsl)
    here.get("/")
    with django_assert_max_num_queries(16):
        here.get("/")


def test_the_manager_sees_the_contacts(here, school):
    here.force_login(UserFactory(organisation=school, roles=[Role.MANAGER]))
    assert "01632 960001" in text_of(here, "/")


def test_how_it_decides_lists_every_rule_with_its_source(here):
    page = text_of(here, "/how-this-tool-decides/")
    from triage.model.flags import FLAG_RULES
    from triage.model.response import RESPONSE_RULES
    from triage.model.rules import RULES

    for rule in (*RULES, *RESPONSE_RULES):
        assert rule.title.replace("'", "&#x27;") in page
    assert page.count("Source:") > len(FLAG_RULES)
    assert "interpretation" in page


def test_no_personal_data_in_a_title_or_an_address(here, dsl):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, ref="Quetzal")
    here.post(url(draft, "send/people"), {})
    case = Case.objects.get()
    here.force_login(dsl)
    for address in (f"/cases/{case.reference}/", f"/cases/{case.reference}/outcome/"):
        page = text_of(here, address)
        assert "Quetzal" in page
        assert "Quetzal" not in page[: page.index("</title>")]
        assert not any("Quetzal" in target for target in re.findall(r'href="([^"]+)"', page))


def test_more_own_cases_than_a_page_holds_are_all_reachable(here, monkeypatch):
    monkeypatch.setattr("referrals.views.home.PAGE_SIZE", 2)
    for _ in range(5):
        here.post(url(start(here), "send/immediate-risk"), {})
    wanted = set(Case.objects.values_list("reference", flat=True))
    seen = set()
    for number in (1, 2, 3):
        page = text_of(here, f"/?own={number}")
        seen |= {reference for reference in wanted if reference in page}
    assert seen == wanted
    assert "Showing 5 to 5 of 5" in page
    assert text_of(here, "/?own=nonsense").count("Showing 1 to 2 of 5") == 1


def test_the_organisations_own_note_is_on_the_outcome(here, case, school):
    school.local_note = "Use the safeguarding telephone in the office."
    school.save()
    assert school.local_note in outcome(here, case)
    assert school.local_note in text_of(here, f"/cases/{case.reference}/outcome/text/")


def test_an_adult_is_not_given_the_notes_for_a_child(here, guidance):
    draft = fill(here, start(here), stop="people")
    add_person(here, draft)
    add_person(here, draft, "p2", ref="B", age="40", roles=["asked_for_image", "shared_on"])
    here.post(url(draft, "send/people"), {})
    page = outcome(here, Case.objects.get())
    about_b = page[page.index("B (age: 40)") : page.index('id="procedures"')]
    part = guidance.content().item
    assert part("part", "asked_for_image").title in about_b
    assert part("part", "shared_on").body[:30] not in about_b
    assert part("part", "adult").body[:30] in about_b
