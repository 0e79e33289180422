"""Anything at all, posted to every form: refused or accepted as a whole, never a failure."""

import os
from collections import Counter
from html import unescape
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.signin.forms import NO_PASSKEY
from tests.client import FormClient
from tests.hostile.bodies import UNKNOWN, bodies
from tests.hostile.fuzz.conftest import how_many
from tests.hostile.held import (
    Failures,
    Tables,
    assert_growth,
    assert_nothing_unknown_kept,
    assert_served,
)
from tests.hostile.html import shows_letters
from tests.hostile.targets import Site, Target, asked
from tests.sweeps.table import TABLE
from tests.sweeps.world import undone

pytestmark = pytest.mark.django_db
BODIES = how_many(120)
# Tried with a real provider, in tests/integration/accounts/signin.
WITHOUT_A_PROVIDER = {"continue_with"}
STRESS = "STRESS_BODIES" in os.environ


class Attack:
    """Posts bodies, holds what must hold, and counts what came of them."""

    def __init__(self, site: Site, failures: Failures) -> None:
        self.targets, self.failures = site.targets, failures
        self.tables, self.seen = Tables(), Counter[str]()

    def post(self, target: Target, body: bytes) -> None:
        with undone():
            before = self.tables.count()
            answer = asked(target.client, "POST", target.path, body)
            self.failures.none()
            page = assert_served(answer)
            assert_growth(answer, before, self.tables.count())
            if answer.status_code == 302 and UNKNOWN.encode() in body:
                assert_nothing_unknown_kept()
            self.seen[str(answer.status_code)] += 1
            self.seen["shown as letters"] += page is not None and shows_letters(page)
            if answer.status_code == 302 and b"zz" in body:
                self.follow(target, answer.headers["Location"])

    def follow(self, target: Target, path: str) -> None:
        """What was accepted is shown: as letters."""
        if path.startswith("/"):
            page = assert_served(asked(target.client, "GET", path))
            self.failures.none()
            self.seen["shown as letters"] += page is not None and shows_letters(page)


@pytest.fixture(scope="module")
def attack(site, failures):
    return Attack(site, failures)


def test_no_body_makes_a_page_fail_or_come_alive(attack, capsys):
    @settings(
        max_examples=BODIES,
        deadline=None,
        derandomize=not STRESS,
        database=None,
        phases=[Phase.generate, *([] if STRESS else [Phase.shrink])],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def post(data):
        target = data.draw(st.sampled_from(attack.targets))
        attack.post(target, data.draw(bodies(target.form)))

    post()
    seen = attack.seen
    with capsys.disabled():
        print(f"\n{sum(seen[key] for key in seen if key.isdigit())} bodies: {dict(seen)}")
    assert seen["302"] > BODIES / 50, "some must be accepted"
    assert seen["422"] > BODIES / 20, "many must be refused by a form"
    assert seen["shown as letters"] > 0, "some that was planted must be shown"


def test_every_address_that_takes_a_post_is_tried(attack):
    tried = {target.name for target in attack.targets}
    takes = {name for name, row in TABLE.items() if row.posted != 405}
    assert takes - tried == WITHOUT_A_PROVIDER
    asks = {target.name for target in attack.targets if len(target.form.offered) > 1}
    assert {"account_login", "triage_step", "record", "identity", "case_search"} <= asks
    assert {"new_password", "accept_invitation", "mfa_authenticate", "close", "reopen"} <= asks


@pytest.mark.parametrize(
    "credential",
    [
        "9" * 5000,
        '{"id": ' + "9" * 5000 + "}",
        "[" * 3000,
        '{"a":' * 900,
        "NaN",
        "1e999",
        '"\\ud800"',
    ],
    ids=["digits", "digits inside", "lists", "depth", "nan", "infinity", "surrogate"],
)
def test_no_json_of_a_passkey_makes_a_page_fail(failures, credential):
    answer = asked(FormClient(), "POST", "/account/passkey/", urlencode({"credential": credential}))
    failures.none()
    assert NO_PASSKEY in unescape(answer.content.decode())
