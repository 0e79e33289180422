"""The database goes away under a running server, and comes back: a plain page in seconds, nothing
lost, no hang, and the server recovers by itself."""

import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest

from tests.faults.browser import Browser, Page
from tests.faults.databases import Way, safe_commits, ways
from tests.faults.kept import assert_chains_verify
from tests.faults.load import PASSWORD, pages
from tests.faults.server import Server
from tests.integration.timers import eventually
from triage.models import Draft

pytestmark = pytest.mark.django_db(transaction=True)
LONGEST = 12.0  # seconds that anybody waits for a page, on a busy machine
AT_ONCE = 7  # with the one who posts, as many as the server has threads
FIELD = re.compile(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', re.DOTALL)
TYPED = "She said:\n“I <b>did not</b> want that”"


@pytest.fixture
def server(var, guidance, staff):
    with safe_commits(), Server(var) as running:
        yield running


@pytest.mark.skipif(not ways(), reason="a server that was given to us is not ours to stop")
def test_the_database_goes_away_and_comes_back(server, staff):
    browser = Browser(server.site).sign_in(staff[0].email, PASSWORD)
    for way in ways():
        draft = triage_up_to_its_notes(browser)
        notes = f"/triage/{draft}/notes/"
        shown = browser.get(notes).hidden("shown")
        with way.away(server):
            lost = asked_while_away(way, server, browser, notes, shown)
        assert eventually(lambda: is_ready(server), seconds=LONGEST) < LONGEST, way.name
        assert browser.get(notes).status == 200
        again = browser.post(notes, given_back(lost))
        assert (again.status, again.location) == (302, f"/triage/{draft}/check/"), way.name
        kept = Draft.objects.get(pk=draft)
        assert kept.notes == TYPED
        assert len(kept.answers) > 15, "what was saved before is there"
        assert_chains_verify()


def triage_up_to_its_notes(browser: Browser) -> str:
    draft = browser.post("/triage/start/").location.split("/")[2]
    for page, values in pages("An app")[:-1]:
        shown = browser.get(f"/triage/{draft}/{page}/").hidden("shown")
        answered = browser.post(f"/triage/{draft}/{page}/", {"shown": shown, **values})
        assert answered.status == 302, page
    return draft


def asked_while_away(way: Way, server: Server, browser: Browser, notes: str, shown: str) -> Page:
    """Everything that is asked meanwhile, at once; the page that the post of the notes got."""
    typed = {"shown": shown, "notes": TYPED}
    asks = [lambda: timed(browser.post, notes, typed), *[lambda: timed(browser.get, "/")] * AT_ONCE]
    with ThreadPoolExecutor(len(asks)) as pool:
        answers = [answered.result() for answered in [pool.submit(ask) for ask in asks]]
    assert max(seconds for _, seconds in answers) < LONGEST, way.name
    post, *gets = [page for page, _ in answers]
    for page in (post, *([] if way.reads else gets)):
        assert_plain(page)
    probe = Browser(server.site)
    health, seconds = timed(probe.get, "/healthz")
    assert (health.status, seconds < 1) == (200, True), way.name
    if not way.reads:
        ready, seconds = timed(probe.get, "/readyz")
        assert (ready.status, seconds < LONGEST) == (503, True), way.name
        assert json.loads(ready.body)["database"] is False
    return post


def timed(ask, *given) -> tuple[Page, float]:
    began = time.monotonic()
    return ask(*given), time.monotonic() - began


def assert_plain(page: Page) -> None:
    assert (page.status, page.headers["Retry-After"]) == (503, "15"), page.body
    assert page.headers["Cache-Control"] == "no-store"
    for told in ("call <a", "999", "Nothing you saved before is lost", "safeguarding lead"):
        assert told in page.body
    assert "Traceback" not in page.body
    assert "OperationalError" not in page.body


def given_back(page: Page) -> dict[str, str]:
    """What the page's button posts. The words are also there to be read, as they were typed."""
    assert "I &lt;b&gt;did not&lt;/b&gt; want that”</div>" in page.body
    assert f'<form method="post" action="{page.path}"' in page.body
    return {name: unescape(value) for name, value in FIELD.findall(page.body)}


def is_ready(server: Server) -> bool:
    return Browser(server.site).get("/readyz").status == 200
