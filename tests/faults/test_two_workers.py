"""Two processes serve one draft, and two windows post at the same moment: one case, no lost answer,
and whoever came second is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from audit.acts import Act
from audit.models import Entry
from referrals.models import Case
from tests.faults.browser import Browser
from tests.faults.kept import assert_whole
from tests.faults.load import PASSWORD, pages
from tests.faults.server import Server
from triage.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)
WINDOWS = 6
ROUNDS = 4


@pytest.fixture
def server(var, guidance, staff):
    with Server(var, "--workers", "2", "--threads", "4") as running:
        yield running


def together(windows, work):
    """What each window gets when all do it at the same moment."""
    start = Barrier(len(windows))

    def one(given):
        start.wait(20)
        return work(*given)

    with ThreadPoolExecutor(len(windows)) as pool:
        return list(pool.map(one, enumerate(windows)))


def windows_of(browser: Browser) -> list[Browser]:
    """Windows of one browser: one session."""
    made = [Browser(f"http://{browser.host}") for _ in range(WINDOWS)]
    for window in made:
        window.cookies, window.token = dict(browser.cookies), browser.token
    return made


def test_two_processes_and_one_draft(server, staff):
    browser = Browser(server.site).sign_in(staff[0].email, PASSWORD)
    assert len(server.workers()) == 2
    draft = browser.post("/triage/start/").location.split("/")[2]
    at = f"/triage/{draft}/"
    for page, values in pages("An app"):
        shown = browser.get(f"{at}{page}/").hidden("shown")
        assert browser.post(f"{at}{page}/", {"shown": shown, **values}).status == 302
    windows = windows_of(browser)
    for number in range(ROUNDS):
        one_is_saved_and_the_others_are_told(windows, f"{at}notes/", number)
    one_case_is_made(windows, at, draft)


def one_is_saved_and_the_others_are_told(windows, address, number):
    shown = windows[0].get(address).hidden("shown")
    words = [f"Round {number}, window {window}" for window in range(WINDOWS)]
    answers = together(
        windows,
        lambda which, window: window.post(address, {"shown": shown, "notes": words[which]}),
    )
    assert sorted(page.status for page in answers) == [302, *[422] * (WINDOWS - 1)]
    saved = next(words[n] for n, page in enumerate(answers) if page.status == 302)
    assert Draft.objects.get().notes == saved
    for mine, page in zip(words, answers, strict=True):
        if page.status == 422:
            assert "This page was changed in another window" in page.body
            assert saved in page.body, "what is there now"
            assert mine in page.body, "what was typed is kept"


def one_case_is_made(windows, at, draft):
    """Half of the windows submit while one of the others saves a last word."""
    shown = windows[0].get(f"{at}notes/").hidden("shown")

    def post(which, window):
        if which == 0:
            return window.post(f"{at}notes/", {"shown": shown, "notes": "A last word"})
        return window.post(f"{at}submit/")

    last, *submitted = together(windows, post)
    case = Case.objects.get()
    assert str(case.draft_id) == draft
    assert {page.location for page in submitted} == {f"/cases/{case.reference}/outcome/"}
    assert Entry.objects.filter(action=Act.CASE_RECORDED).count() == 1
    # Saved, it is in the case; too late, that was said.
    assert last.status in (302, 409)
    assert (case.notes == "A last word") is (last.status == 302)
    assert_whole()
