"""Send to the safeguarding lead now: what is known becomes a case, and nothing is lost unsaid."""

import re

import pytest

from referrals.models import Case
from tests.integration.triage.steps import add_person, answer, fill, shown, start, url
from triage.models import Draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client, practitioner, guidance):
    client.force_login(practitioner)
    return client


@pytest.fixture
def complete(here) -> Draft:
    return fill(here, start(here))


def send(client, draft, page, follow=True, **posted):
    """Press the button on a page filled in so."""
    posted = {"shown": shown(client, url(draft, page)), **posted}
    return client.post(url(draft, f"send/{page}"), posted, follow=follow)


def sent():
    return Case.objects.get().assessment.answers


def test_sending_from_the_first_page_makes_a_case_of_nothing_known(here):
    draft = start(here)
    response = here.post(url(draft, "send/immediate-risk"), {"shown": ""})
    case = Case.objects.get()
    assert response.url == f"/cases/{case.reference}/outcome/"
    assert case.sent_early
    assert case.assessment.result["category"] == "undetermined"
    assert case.assessment.answers["people"][0]["ref"] == "Not yet identified"


def test_sending_keeps_what_was_chosen_on_the_page(here):
    draft = start(here)
    posted = {"shown": shown(here, url(draft, "immediate-risk")), "immediate_risk": "yes"}
    here.post(url(draft, "send/immediate-risk"), posted)
    assert Case.objects.get().assessment.result["response"] == "emergency"


def test_sending_keeps_the_person_being_typed_without_what_is_wrong_about_them(here):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    posted = {"shown": shown(here, url(draft, "people/p1")), "ref": "A", "age": "not a number"}
    here.post(url(draft, "send/people/p1"), {**posted, "roles": ["pictured"]})
    person = Case.objects.get().assessment.answers["people"][0]
    assert (person["ref"], person["age"], person["roles"]) == ("A", "unknown", ["pictured"])


def test_sending_leaves_a_half_answered_page_half_known(here):
    draft = fill(here, start(here), stop="making")
    posted = {"shown": shown(here, url(draft, "making")), "willing_making": "no"}
    here.post(url(draft, "send/making"), posted)
    answers = Case.objects.get().assessment.answers
    assert (answers["willing_making"], answers["making_motive"]) == ("no", "unknown")


def test_sending_keeps_notes_and_takes_out_a_pasted_image(here):
    draft = fill(here, start(here), stop="notes")
    notes = f"What was said. data:image/png;base64,{'A' * 400} And the rest."
    here.post(url(draft, "send/notes"), {"shown": shown(here, url(draft, "notes")), "notes": notes})
    kept = Case.objects.get().notes
    assert kept.startswith("What was said.")
    assert kept.endswith("And the rest.")
    assert "AAAA" not in kept


def test_a_contradiction_does_not_stop_sending(here, complete):
    add_person(here, complete, "p2", ref="B", age="30", roles=["received"])
    here.post(url(complete, "send/which-is-right"), {})
    assert Case.objects.get().assessment.result["subtype"] == "adult_involved"


def test_a_discarded_draft_is_not_sent(here):
    draft = start(here)
    here.post(url(draft, "discard"), {"reason": "Started twice"})
    assert here.post(url(draft, "send/immediate-risk"), {}).url == "/"
    assert Case.objects.count() == 0


def test_what_another_window_stored_gives_way_to_what_is_sent(here):
    draft = start(here)
    stale = shown(here, url(draft, "immediate-risk"))
    answer(here, draft, "immediate-risk", immediate_risk="no")
    here.post(url(draft, "send/immediate-risk"), {"shown": stale, "immediate_risk": "yes"})
    assert Case.objects.get().assessment.result["response"] == "emergency"


# --- what is not quite right is kept as far as it goes, and said --------------------------------


def test_a_known_answer_wins_over_a_box_that_stands_alone(here):
    draft = fill(here, start(here), stop="pressure")
    page = send(here, draft, "pressure", pressure=["none", "threats", "unknown"])
    assert sent()["pressure"] == ["threats"]
    assert "could not be read" not in page.content.decode()


def test_two_boxes_that_stand_alone_are_not_known(here):
    draft = fill(here, start(here), stop="pressure")
    send(here, draft, "pressure", pressure=["unknown", "none"])
    assert sent()["pressure"] == ["unknown"]


def test_a_part_played_wins_over_not_known(here):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    send(here, draft, "people/p1", ref="A", roles=["received", "unknown"])
    assert sent()["people"][0]["roles"] == ["received"]


def test_long_notes_are_sent_whole(here):
    draft = fill(here, start(here), stop="notes")
    notes = "She said it again. " * 400
    send(here, draft, "notes", notes=notes)
    assert Case.objects.get().notes == notes.strip()


def test_names_of_apps_win_over_not_known(here):
    draft = fill(here, start(here), stop="services")
    send(here, draft, "services", services="An app", services_unknown="unknown")
    assert sent()["services"] == ["An app"]


def test_names_too_long_are_cut_and_that_is_said(here):
    draft = fill(here, start(here), stop="services")
    page = send(here, draft, "services", services=f"{'x' * 61}\nAn app")
    assert sent()["services"] == ["x" * 60, "An app"]
    assert "Only 20 names of apps were sent" in page.content.decode()


def test_a_reference_too_long_is_cut_and_that_is_said(here):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    page = send(here, draft, "people/p1", ref="long " * 10)
    assert sent()["people"][0]["ref"] == ("long " * 8).strip()
    assert "cut to its first 40 characters" in page.content.decode()


def test_an_age_that_is_no_age_is_named(here):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    page = send(here, draft, "people/p1", ref="A", age="about fourteen").content.decode()
    assert sent()["people"][0]["age"] == "unknown"
    assert "could not be read, so it was sent as not known" in page
    assert "about fourteen" not in page


@pytest.mark.parametrize(
    ("typed", "sent_as"), [("a", "a (2)"), ("Not yet identified", "Not yet identified"), ("B", "B")]
)
def test_two_people_never_share_a_reference(here, typed, sent_as):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, "p1", ref="A")
    posted = {"shown": shown(here, url(draft, "people/p2")), "ref": typed}
    for _ in range(2):
        page = here.post(url(draft, "send/people/p2"), posted, follow=True)
    assert [person["ref"] for person in sent()["people"]] == ["A", sent_as]
    assert "tell your safeguarding lead." not in page.content.decode()


def test_a_second_person_not_identified_gets_a_number(here):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, "p1", ref="Not yet identified")
    send(here, draft, "people/p2", roles=["received"])
    refs = [person["ref"] for person in sent()["people"]]
    assert refs == ["Not yet identified", "Not yet identified 2"]


def test_that_there_is_no_image_is_kept(here):
    draft = start(here)
    answer(here, draft, "immediate-risk", immediate_risk="no")
    add_person(here, draft, roles=["received"])
    send(here, draft, "people", people_listed="no_image")
    assert sent()["image_kind"] == "no_image"


def test_that_something_was_taken_out_is_said(here):
    draft = fill(here, start(here), stop="notes")
    page = send(here, draft, "notes", notes=f"Words. data:image/png;base64,{'A' * 400}")
    assert Case.objects.get().notes == "Words."
    assert "looked like an image or a file" in page.content.decode()


def test_null_characters_do_not_lose_the_rest(here):
    draft = fill(here, start(here), stop="notes")
    send(here, draft, "notes", notes="Before\x00after")
    assert Case.objects.get().notes == "Beforeafter"


# --- another window -----------------------------------------------------------------------------


def test_notes_of_two_windows_are_both_sent(here):
    draft = fill(here, start(here), stop="notes")
    stale = shown(here, url(draft, "notes"))
    answer(here, draft, "notes", notes="From the second window.")
    posted = {"shown": stale, "notes": "From the first window."}
    here.post(url(draft, "send/notes"), posted)
    notes = Case.objects.get().notes
    assert notes.index("From the first window.") < notes.index("From the second window.")
    assert "Saved in another window:" in notes


def test_notes_changed_in_this_window_are_not_joined_to_what_they_were(here, complete):
    send(here, complete, "notes", notes="Only this.")
    assert Case.objects.get().notes == "Only this."


def test_apps_of_two_windows_are_both_sent(here):
    draft = fill(here, start(here), stop="services")
    stale = shown(here, url(draft, "services"))
    answer(here, draft, "services", services="One", still_accessible="yes")
    posted = {"shown": stale, "services": "Two", "still_accessible": "no"}
    page = here.post(url(draft, "send/services"), posted, follow=True).content.decode()
    assert sent()["services"] == ["Two", "One"]
    assert sent()["still_accessible"] == "no"
    assert "Another window had saved a different answer" in page


# --- too late, and signed out -------------------------------------------------------------------


def test_what_comes_after_the_case_is_said_not_to_be_in_it(here, complete):
    late = {"shown": shown(here, url(complete, "notes")), "notes": "One thing more."}
    here.post(url(complete, "submit"))
    page = here.post(url(complete, "send/notes"), late, follow=True).content.decode()
    assert "is not in it: tell your safeguarding lead" in page
    assert "One thing more." not in Case.objects.get().notes


@pytest.mark.parametrize(
    ("page", "posted"),
    [
        ("notes", {"notes": "One thing more."}),
        ("services", {"services": "x" * 70, "services_unknown": "unknown"}),
        ("people/p1", {"ref": "B", "roles": ["received", "unknown"]}),
        ("feelings", {}),
        ("check", {}),
    ],
)
def test_a_double_click_warns_of_nothing(here, complete, page, posted):
    stale = "" if page == "check" else shown(here, url(complete, page))
    here.post(url(complete, f"send/{page}"), {"shown": stale, **posted}, follow=True)
    again = here.post(url(complete, f"send/{page}"), {"shown": stale, **posted}, follow=True)
    assert "tell your safeguarding lead." not in again.content.decode()
    assert Case.objects.count() == 1


@pytest.mark.parametrize("page", ["feelings", "people/p1", "check"])
def test_after_signing_in_again_it_says_that_nothing_was_sent(client, practitioner, guidance, page):
    client.force_login(practitioner)
    draft = fill(client, start(client))
    client.logout()
    to_sign_in = client.post(url(draft, f"send/{page}"), {"emotional_impact": "severe"})
    assert to_sign_in.url.startswith("/sign-in/")
    client.force_login(practitioner)
    back = client.get(url(draft, f"send/{page}"), follow=True)
    assert back.redirect_chain[-1][0] == url(draft, page)
    assert "Not sent yet, because you had to sign in again" in back.content.decode()
    assert Case.objects.count() == 0


def test_after_signing_in_again_what_was_sent_is_shown(here, complete):
    here.post(url(complete, "submit"))
    page = here.get(url(complete, "submit"), follow=True)
    assert page.redirect_chain[-1][0].endswith("/outcome/")
    assert "Not sent yet" not in page.content.decode()


PAGES_WITH_SEND = ["immediate-risk", "people", "people/p9", "people/p1/remove", "notes", "discard"]


@pytest.mark.parametrize("page", PAGES_WITH_SEND)
def test_every_page_offers_to_send_now(here, complete, page):
    text = here.get(url(complete, page)).content.decode()
    assert "Send to the safeguarding lead now" in text
    match = re.search(r'formaction="([^"]+)"', text)
    assert match
    here.post(match[1], {})
    assert Case.objects.filter(draft=complete).exists()
