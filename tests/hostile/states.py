"""What some addresses ask for before they show their form: people half-way in, cases in a state."""

from typing import Any

from django.urls import reverse

from accounts.models import User
from accounts.signin.views.passwords import path_of
from referrals.actions import deciding
from referrals.chronology import last_number
from referrals.models import Case
from referrals.retention.actions import set_hold
from tests.client import FormClient
from tests.factories.referrals import make_case
from tests.integration.accounts.signin.people import code, password_step
from tests.sweeps.world import OWN, Client, World

Instead = dict[str, list[dict[str, Any]]]
# Who comes to these, of the clients below.
COMES: dict[str, str] = {
    "accept_invitation": "invited",
    "new_password": "forgot",
    "mfa_authenticate": "at second step",
    "give_up_second_step": "at second step",
    "remove_factor": "just signed in",
    "new_recovery_codes": "just signed in",
    "recovery_codes": "just signed in",
    "unlink_provider": "just signed in",
}


def half_way(world: World) -> dict[str, Client]:
    """Whoever followed a link, or gave one of two factors, or both a moment ago."""
    owner = world.own.people["owner"]
    token = str(world.own.arguments["token"])
    return {
        "invited": following(reverse("open_invitation", kwargs={"token": token})),
        "forgot": following(str(path_of(str(world.own.people["colleague"].pk)))),
        "at second step": signing_in(owner),
        "just signed in": signing_in(owner, world.planted[OWN]["secret_of_owner"].upper()),
    }


def following(path: str) -> Client:
    client = FormClient()
    assert client.get(path).status_code == 302
    return the_same(client)


def signing_in(user: User, secret: str = "") -> Client:
    client = FormClient()
    assert password_step(client, user).url == "/account/second-step/"
    if secret:
        assert client.post("/account/second-step/", {"code": code(secret)}).status_code == 302
    return the_same(client)


def the_same(client: FormClient) -> Client:
    """A client with the cookies of the other: from now on it takes none over."""
    made = Client()
    made.cookies = client.cookies
    return made


def cases(world: World) -> Instead:
    """By the address: a case in the state in which it can be done."""
    people = world.own.people
    by = {"by": people["dsl"]}

    def new() -> Case:
        return make_case(people["owner"])

    def on(case: Case) -> dict[str, Any]:
        return {"case": case, "seen": last_number(case), **by}

    agreed, restricted, held = new(), new(), new()
    deciding.agree(comment="", **on(agreed))
    deciding.restrict(named=[people["dsl"]], reason="Words", **on(restricted))
    set_hold(reason="Words", **on(held))
    closed = world.own.closed
    made = {"close": agreed, "lift_restriction": restricted, "lift_hold": held}
    made |= {"reopen": closed, "delete": closed}
    return {name: [{"reference": case.reference}] for name, case in made.items()}
