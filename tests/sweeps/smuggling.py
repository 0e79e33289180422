"""Every image to every address, and what came of it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tests.client import FORM
from tests.sweeps import sending
from tests.sweeps.boxes import PageForm
from tests.sweeps.holding import Writes, values
from tests.sweeps.pictures import holds_a_trace, traces_in
from tests.sweeps.table import OWN
from tests.sweeps.urlconf import Address, addresses
from tests.sweeps.world import Client, World, undone
from web.noimage.freetext import REFUSED

REFUSALS = {400, 413, 415}


@dataclass
class Found:
    """`tried`: how many requests, by what they were. `kept`: where a trace stayed, and its bytes.

    `told`: by address and field, whether each image pasted there was taken out and the writer was
    told, with the rest of the words kept. `accepted`: the forms that ordinary words go through.
    """

    tried: Counter[str] = field(default_factory=Counter)
    let_in: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    kept: dict[str, int] = field(default_factory=dict)
    told: dict[tuple[str, str], bool] = field(default_factory=dict)
    accepted: set[str] = field(default_factory=set)


class Smuggler:
    def __init__(self, world: World) -> None:
        self.world = world
        self.found = Found()

    def try_everything(self) -> Found:
        writes = Writes()
        with connection.execute_wrapper(writes):
            for turn, address in enumerate(addresses()):
                self._try(address, turn)
        self.found.kept |= writes.found
        return self.found

    def _try(self, address: Address, turn: int) -> None:
        with undone():
            client = sending.visitor(self.world, address)
            for path in self.world.form_paths(address):
                for form in sending.forms_of(client, path):
                    self._paste(client, address, path, form)
            path = self.world.path(address, OWN)
            for method, (how, body, extra) in sending.bodies_of(turn):
                response = self._send(client, how, method, path, body, **extra)
                if response.status_code not in REFUSALS:
                    self.found.let_in.append(f"{method} {path}: {how}: {response.status_code}")
            for how, body in sending.binary_forms(turn):
                self._send(client, how, "POST", path, body, content_type=FORM)
            self._look(address.name)

    def _paste(self, client: Client, address: Address, path: str, form: PageForm) -> None:
        to = form.action or path
        if self._takes_ordinary_words(client, to, form):
            self.found.accepted.add(path)
        for how, names, body in sending.pasted(form):
            page = self._post(client, how, to, body)
            (name, *more) = names or {""}
            if name and not more and form.boxes[name].typed:
                self._note(address, name, page)
        for button in form.elsewhere:
            for how, _, body in sending.pasted(form):
                self._post(client, f"{how} in a hurry", button, body)

    def _takes_ordinary_words(self, client: Client, to: str, form: PageForm) -> bool:
        with undone():
            response = client.post(to, sending.encoded(form.filled()), secure=True)
        return bool(response.status_code == 302)

    def _post(self, client: Client, how: str, to: str, body: bytes) -> str:
        """What is shown then. Anything that was let in is looked for before it is taken back."""
        with undone():
            response = self._send(client, f"pasted: {how}", "POST", to, body, content_type=FORM)
            if response.status_code < 400:
                self._look(f"{to}: {how}")
        text: str = response.content.decode()
        return text

    def _note(self, address: Address, name: str, page: str) -> None:
        told = REFUSED in page and sending.BEFORE in page and sending.AFTER in page
        key = (address.name, name)
        self.found.told[key] = told and self.found.told.get(key, True)

    def _send(
        self, client: Client, how: str, method: str, path: str, body: bytes, **extra: Any
    ) -> Any:
        response = client.generic(method, path, body, secure=True, **extra)
        self.found.tried[how] += 1
        if response.status_code >= 500:
            self.found.broken.append(f"{method} {path}: {how}: {response.status_code}")
        if holds_a_trace(f"{response.content.decode()} {response.headers} {response.cookies}"):
            self.found.shown.append(f"{method} {path}: {how}")
        return response

    def _look(self, where: str) -> None:
        for place, length in traces_in(values()).items():
            self.found.kept[f"{where}: {place}"] = length
