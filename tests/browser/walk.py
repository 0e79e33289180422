"""Walks the wizard page by page, as a person does: reads the page, answers it, continues."""

from collections.abc import Callable, Mapping
from typing import Any

from playwright.sync_api import Page

Answers = Mapping[str, Any]
MOST_PAGES = 60


def sign_in_as(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")


def nothing(page: Page) -> None:
    """For walks that do not look at each page."""


class Walk:
    """`answers` are canonical (tests/cases); what they lack is answered "I don't know yet"."""

    def __init__(
        self, page: Page, answers: Answers, look: Callable[[Page], None] = nothing
    ) -> None:
        self.page, self.answers, self.look = page, answers, look
        self.visited: list[str] = []

    def start(self) -> "Walk":
        self.page.goto("/")
        self.look(self.page)
        self.page.get_by_role("button", name="Start a triage").click()
        self.page.wait_for_load_state()
        self.look(self.page)
        self.page.get_by_role("button", name="Start now").click()
        return self

    def to(self, stop: str) -> "Walk":
        """Answer page after page until the one named `stop` is open."""
        for _ in range(MOST_PAGES):
            # A click ends when the next page begins to come: nothing of it need be there yet.
            self.page.wait_for_load_state()
            name = self.name
            if name == stop:
                return self
            self.look(self.page)
            self.visited.append(name)
            self.answer(name)
        raise AssertionError(f"{stop} was not reached; visited {self.visited}")

    def submit(self) -> "Walk":
        self.to("check")
        self.look(self.page)
        self.page.get_by_role("button", name="Submit and send to the safeguarding lead").click()
        self.page.wait_for_url("**/outcome/")
        self.look(self.page)
        return self

    @property
    def name(self) -> str:
        """The page's name, from the address: that of a person is "person"."""
        parts = self.page.url.rstrip("/").split("/")
        return "person" if parts[-2] == "people" else parts[-1]

    @property
    def reference(self) -> str:
        return self.page.url.rstrip("/").split("/")[-2]

    def answer(self, name: str) -> None:
        """Fill in the page that is open, and continue."""
        if name == "person":
            self._person(self.answers["people"][self._listed])
            self._listed += 1
            self._continue("Save and continue")
        elif name == "people" and self._listed < len(self.answers["people"]):
            self.page.get_by_role("button", name="Add another person").click()
        else:
            self._fill(self.answers)
            self._continue("Continue")

    _listed = 0

    def _continue(self, button: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()

    def _person(self, person: Answers) -> None:
        age = person.get("age", "unknown")
        self.page.fill("[name=ref]", person["ref"])
        if isinstance(age, int):
            self.page.fill("[name=age]", str(age))
        else:
            self._choose("age_band", age)
        self._fill({key: person[key] for key in person if key not in ("ref", "age")})

    def _fill(self, answers: Answers) -> None:
        names = self.page.eval_on_selector_all(
            "main [name]:not([type=hidden])", "found => [...new Set(found.map(i => i.name))]"
        )
        for name in names:
            if name in ("ref", "age", "age_band", "services_unknown", "people_listed"):
                continue
            if name in ("services", "notes"):
                self.page.fill(f"[name={name}]", self._typed(answers.get(name, "")))
            else:
                self._choose(name, answers.get(name, "unknown"))
        if "people_listed" in names:
            self.page.check("[name=people_listed]")

    def _typed(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value)

    def _choose(self, name: str, value: Any) -> None:
        values = [value] if isinstance(value, str) else list(value) or [self._nothing(name)]
        for one in values:
            self.page.check(f"[name={name}][value={one!r}]")

    def _nothing(self, name: str) -> str:
        return "unknown" if name == "roles" else "none"
