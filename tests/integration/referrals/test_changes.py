"""What a change changed, who may see it, and what whoever reported the case goes on seeing."""

import pytest

from audit.acts import Act
from audit.models import Entry
from referrals.models import Case
from referrals.versions import versions_of
from tests.factories.referrals import make_case
from tests.integration.referrals.amending import WHY, amended, page

pytestmark = pytest.mark.django_db

SECRET = "Quetzal"


@pytest.fixture
def here(client, dsl, guidance):
    client.force_login(dsl)
    return client


@pytest.fixture
def case(practitioner, here) -> Case:
    return make_case(practitioner)


@pytest.fixture
def changed(here, case) -> Case:
    """Amended with what only a lead may know: somebody's reference, and an emergency."""
    amended(
        here,
        case,
        "people/p9",
        ref=SECRET,
        age="16",
        roles=["received"],
        vulnerabilities=["in_care"],
        agency_involvement="none",
    )
    return amended(here, case, "immediate-risk", immediate_risk="yes")


def test_the_page_says_what_changed_who_when_and_why(here, case, changed, dsl):
    text = page(here, f"/cases/{case.reference}/changes/3/")
    assert case.assessment.edition.content().item("question", "immediate_risk").title in text
    assert "<strong>Before:</strong> No" in text
    assert "<strong>Now:</strong> Yes" in text
    assert "<strong>Now:</strong> Emergency" in text
    assert dsl.name in text
    assert WHY in text
    assert f"/cases/{case.reference}/changes/2/" in text
    assert f"Added: {SECRET}" in page(here, f"/cases/{case.reference}/changes/2/")


def test_reading_it_is_audited(here, case, changed, dsl):
    before = Entry.objects.filter(action=Act.CASE_READ).count()
    page(here, f"/cases/{case.reference}/changes/2/")
    rows = Entry.objects.filter(action=Act.CASE_READ).order_by("sequence")
    assert rows.count() == before + 1
    assert (rows.last().actor_id, rows.last().object_id) == (dsl.pk, str(case.pk))


@pytest.mark.parametrize("version", [0, 1, 4])
def test_a_version_without_one_before_it_has_no_such_page(here, case, changed, version):
    assert here.get(f"/cases/{case.reference}/changes/{version}/").status_code == 404


def test_it_takes_no_post(here, case, changed):
    assert here.post(f"/cases/{case.reference}/changes/2/").status_code == 405


def test_what_people_typed_is_escaped(here, case):
    attack = "<script>alert(1)</script>"
    values = {"age": "16", "roles": ["received"], "vulnerabilities": ["none"]}
    amended(here, case, "people/p9", ref=attack, agency_involvement="none", **values)
    text = page(here, f"/cases/{case.reference}/changes/2/")
    assert attack not in text
    assert "&lt;script&gt;alert(1)" in text


def test_versions_of_a_case(case, changed, practitioner, dsl, django_assert_num_queries):
    with django_assert_num_queries(1):
        first, second, third = versions_of(changed)
    assert (first.version, first.made_by, first.reason) == (1, practitioner.name, "")
    assert first.url == ""
    assert first.classification == "Experimental: Romantic"
    assert (third.version, third.made_by, third.reason) == (3, dsl.name, WHY)
    assert second.url == f"/cases/{case.reference}/changes/2/"
    assert third.made_at > second.made_at > first.made_at


# --- whoever reported it --------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["outcome/", "outcome/text/"])
def test_who_reported_it_goes_on_seeing_what_they_were_told(
    here, case, changed, practitioner, address
):
    """The change holds a person, an emergency and a reason that they must not see."""
    lead = page(here, f"/cases/{case.reference}/{address}")
    assert SECRET in lead
    assert "call 999" in lead.split("<main")[1].lower()
    assert "The answers were changed on" in lead
    here.force_login(practitioner)
    own = page(here, f"/cases/{case.reference}/{address}")
    main = own.split("<main")[1]
    assert "Experimental: Romantic" in main
    for leak in (SECRET, WHY, "The answers were changed", "in_care", "Emergency"):
        assert leak not in main, leak


def test_their_list_of_cases_too(here, case, changed, practitioner):
    assert "Emergency" in page(here, "/")
    here.force_login(practitioner)
    home = page(here, "/")
    assert case.reference in home
    assert "Safeguarding lead to judge" in home
    assert "Emergency" not in home
    assert SECRET not in home
