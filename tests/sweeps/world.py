"""Two organisations, and what was written in them: whatever an address could ask for is there."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from referrals.records import BY_SLUG
from tests.client import FormClient
from tests.factories.accounts import UserFactory
from tests.factories.guidance import publish_shipped
from tests.sweeps.organisation import Setting, Words
from tests.sweeps.table import OTHER, OWN, RESTRICTED
from tests.sweeps.urlconf import Address
from tests.sweeps.work import Work
from triage.model.route import PAGES

# Parts of an address that lead to a draft or a case, which can be restricted.
OF_A_CASE = {"draft_id", "reference"}

# Where one address has many forms: which, by what its path says.
FORMS: dict[str, list[dict[str, Any]]] = {
    "record": [{"slug": slug} for slug in BY_SLUG],
    "triage_step": [{"step": page.name} for page in PAGES],
}


class World:
    """`clients`: a client for everybody of the table. `stranger`: the other organisation's lead.

    `planted` has, for each of OWN, OTHER and RESTRICTED, what was planted there, by place.
    """

    def __init__(self) -> None:
        publish_shipped()
        own, other = Setting("own"), Setting("other")
        self.own, self.other = Work(own), Work(other)
        self.own.begin()
        self.other.begin()
        # The same child as in a case that everybody sees: a match, if it were known of.
        self.restricted = Work(own, RESTRICTED, name=self.own.name)
        self.restricted.restrict()
        self.colleague_of_service = UserFactory.create(organisation=None, roles=[Role.OPERATOR])
        everything = [Role.PRACTITIONER, Role.DSL, Role.MANAGER]
        people: dict[str, Any] = {
            "anonymous": None,
            **own.people,
            "editor": UserFactory.create(organisation=None, roles=[Role.GUIDANCE_EDITOR]),
            "operator": UserFactory.create(organisation=None, roles=[Role.OPERATOR]),
            "gone": UserFactory.create(
                organisation=own.organisation, roles=everything, is_active=False
            ),
        }
        self.clients = {who: signed_in(user) for who, user in people.items()}
        self.stranger = signed_in(other.people["dsl"])
        self.planted = {
            OWN: planted(own, self.own),
            OTHER: planted(other, self.other),
            RESTRICTED: planted(self.restricted),
        }

    @staticmethod
    def settings_of(address: Address) -> tuple[str, ...]:
        """Whose objects the address can name; OWN for one that names none."""
        if not address.parts:
            return (OWN,)
        return (OWN, OTHER, RESTRICTED) if OF_A_CASE & set(address.parts) else (OWN, OTHER)

    def path(self, address: Address, whose: str, **instead: Any) -> str:
        """The address of an object that is there. KeyError for a part that nobody thought of: say
        in `Work.arguments` what stands for it."""
        work: Work = getattr(self, whose)
        special = work.special.get(address.name, {})
        if address.name.startswith("service_"):
            special = {"user_id": self.colleague_of_service.pk}
        known = {**work.arguments, **special, **instead}
        return reverse(address.name, kwargs={part: known[part] for part in address.parts})

    def paths(self, address: Address, whose: str) -> list[str]:
        """The same, and those of further objects where pages of them show more."""
        work: Work = getattr(self, whose)
        further = work.further.get(address.name, [])
        return [self.path(address, whose, **instead) for instead in [{}, *further]]

    def form_paths(self, address: Address) -> list[str]:
        """Those of every form that the address has, of the own organisation."""
        every = FORMS.get(address.name, [{}])
        return [self.path(address, OWN, **instead) for instead in every]


class Client(FormClient):
    """Answers every request alike: no cookie is taken over, and no exception raised."""

    def request(self, **request: Any) -> Any:
        return self.handler(self._base_environ(**request))  # type: ignore[attr-defined]


def signed_in(user: User | None) -> Client:
    """And who they are was shown just now, as some pages ask for."""
    client = Client()
    if user is not None:
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
    return client


def planted(*texts: Words) -> dict[str, str]:
    """Every word by its place, in small letters; the references of cases too."""
    found: dict[str, str] = {}
    for text in texts:
        found |= text.planted
        if isinstance(text, Work):
            found |= {f"reference_{n}": word for n, word in enumerate(text.references)}
    return {place: word.lower() for place, word in found.items()}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
