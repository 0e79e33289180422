"""People who do triages while the server is killed under them, and a journal of what they were
told was done: an answer that led on to the next page is a promise."""

import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from tests.faults.browser import GONE, Browser, Page
from tests.integration.triage.steps import PAGES, PERSON

PASSWORD = "a-password-for-tests-1"


@dataclass
class Journal:
    """What was acknowledged: answers of each draft by page, and the case of each draft."""

    steps: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    # Requests that were under way at a kill, and what went wrong besides.
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def acknowledged(self) -> int:
        return sum(map(len, list(self.steps.values())))

    @property
    def finished(self) -> int:
        return len(self.cases)


class Person(threading.Thread):
    """Does one triage after another until told to stop; tries again what was not answered."""

    def __init__(self, site: str, user: User, journal: Journal, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.browser = Browser(site).sign_in(user.email, PASSWORD)
        self.journal, self.stop, self.random = journal, stop, random.Random(user.pk)

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                self.one_triage()
        except Exception as problem:
            self.journal.faults.append(repr(problem))

    def one_triage(self) -> None:
        mark = f"{self.name}-{self.random.randrange(10**12)}"
        self.until_answered(lambda: self.browser.get("/"))
        started = self.until_answered(lambda: self.browser.post("/triage/start/"))
        draft = started.location.split("/")[2]
        self.journal.steps[draft] = {}
        for page, values in pages(mark):
            self.answer(draft, page, values)
            if self.stop.is_set():
                return
        self.submit(draft)

    def answer(self, draft: str, page: str, values: dict[str, Any]) -> None:
        """Open the page and post it, both again if need be: then it is no conflict."""
        address = f"/triage/{draft}/{page}/"

        def once() -> Page:
            shown = self.browser.get(address).hidden("shown")
            return self.browser.post(address, {"shown": shown, **values})

        answered = self.until_answered(once)
        if answered.status != 302:
            raise AssertionError(f"{address}: {answered.status} {answered.body[-1500:]}")
        self.journal.steps[draft][page] = values

    def submit(self, draft: str) -> None:
        def once() -> Page:
            self.browser.get(f"/triage/{draft}/check/")
            return self.browser.post(f"/triage/{draft}/submit/")

        submitted = self.until_answered(once)
        _, cases, reference, outcome, _ = submitted.location.split("/")
        assert (cases, outcome) == ("cases", "outcome"), submitted.location
        self.journal.cases[draft] = reference

    def until_answered(self, ask: Any) -> Page:
        for _ in range(600):
            try:
                page: Page = ask()
            except ConnectionRefusedError:
                pass  # it is being started again
            except GONE:
                self.journal.unanswered += 1
            else:
                if page.status == 500:
                    raise AssertionError(f"500 from {page.path}")
                if page.status != 503:
                    return page
            time.sleep(0.05)
        raise AssertionError("the server never came back")


def pages(mark: str) -> list[tuple[str, dict[str, Any]]]:
    """The pages of a triage in their order, with answers that belong to this triage alone."""
    own = {"services": {"services": mark, "still_accessible": "no"}, "notes": {"notes": mark}}
    listed: list[tuple[str, dict[str, Any]]] = []
    for page, values in PAGES.items():
        if page == "people":
            listed.append(("people/p1", {**PERSON, "ref": mark[-20:]}))
        listed.append((page, own.get(page, values)))
    return listed
