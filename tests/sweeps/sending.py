"""Images sent to every address, in every way there is to send one."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

from tests.client import FORM
from tests.sweeps.boxes import PageForm, Reader
from tests.sweeps.pictures import PICTURES, PNG, as_text
from tests.sweeps.table import OK, OWN, TABLE
from tests.sweeps.urlconf import Address
from tests.sweeps.world import Client, World

METHODS = ("POST", "PUT", "PATCH", "DELETE", "GET")
# Whoever may go in goes, so that what is sent comes as far as it can.
VISITORS = ("owner", "dsl", "manager", "operator", "anonymous", "colleague")
# Into each box of text in these ways; in the others into all boxes at once.
EACH = ("data: URI", "base64")
BEFORE, AFTER = "What she said", "and no more"


def visitor(world: World, address: Address) -> Client:
    row = TABLE[address.name]
    gates = (row.post[OWN], row.get[OWN])
    able = [who for gate in gates for who in VISITORS if gate[who] == OK]
    return world.clients[able[0] if able else "dsl"]


BOUNDARY = "xqboundaryxq"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def multipart(kind: str, picture: bytes) -> bytes:
    """As a browser sends a file."""
    said = f'Content-Disposition: form-data; name="notes"; filename="p"\r\nContent-Type: {kind}'
    return b"".join(
        [f"--{BOUNDARY}\r\n{said}\r\n\r\n".encode(), picture, f"\r\n--{BOUNDARY}--\r\n".encode()]
    )


Sent = tuple[str, bytes, dict[str, Any]]


def bodies() -> Iterator[Sent]:
    """Bodies that are no plain form: how each is sent, the bytes, and the headers with it."""
    for kind, picture in PICTURES.items():
        yield f"{kind} in a form", multipart(kind, picture), {"content_type": MULTIPART}
        yield f"{kind} as it is", picture, {"content_type": kind}
    for kind in ("application/octet-stream", "text/plain", "", "multipart/mixed", FORM + "x"):
        yield f"a PNG as {kind or 'nothing'}", PNG, {"content_type": kind}
    nested = as_text()["nested in JSON"].encode()
    yield "nested in JSON", nested, {"content_type": "application/json"}
    form = b"notes=" + quote_from_bytes(PNG).encode()
    chunked = {"content_type": FORM, "headers": {"transfer-encoding": "chunked"}}
    yield "in chunks", form, chunked
    yield "compressed", form, {"content_type": FORM, "headers": {"content-encoding": "gzip"}}


BODIES = list(bodies())
SOME = 3


def bodies_of(turn: int) -> Iterator[tuple[str, Sent]]:
    """By which method, and what: each body by POST; by the others some, the next in turn."""
    yield from (("POST", body) for body in BODIES)
    for method in METHODS[1:]:
        for n in range(turn * SOME, turn * SOME + SOME):
            yield method, BODIES[n % len(BODIES)]


def binary_forms(turn: int) -> Iterator[tuple[str, bytes]]:
    """Bodies that say they are plain forms, and are images: of a kind in turn, and a field's."""
    kind = list(PICTURES)[turn % len(PICTURES)]
    yield f"{kind} as a form", PICTURES[kind]
    yield "a PNG as a field", b"notes=" + PNG
    yield "a PNG as the name of a field", quote_from_bytes(PNG).encode() + b"=1"


def forms_of(client: Client, path: str) -> list[PageForm]:
    """The forms of a page that are posted, but for the button in its head that signs out."""
    page = client.get(path, secure=True).content.decode()
    found = [form for form in Reader(page).forms if form.method == "post"]
    for form in found:
        form.boxes.pop("csrfmiddlewaretoken", None)  # which the client of the tests does without
    return [form for form in found if form.boxes and form.action != "/sign-out/"]


def pasted(form: PageForm, ways: Iterable[str] = EACH) -> Iterator[tuple[str, set[str], bytes]]:
    """The form with an image pasted into it: how, into which fields, and the body.

    Into each box for text by itself, into all of them at once, and into all that is no box.
    """
    typed = {name for name, box in form.boxes.items() if box.typed}
    for way in ways:
        yield from ((way, {name}, with_image(form, {name}, way)) for name in sorted(typed))
    for way in as_text().keys() - set(ways) if typed else ():
        yield way, typed, with_image(form, typed, way)
    others = form.boxes.keys() - typed
    yield "data: URI", others, with_image(form, others, "data: URI")


def with_image(form: PageForm, names: Collection[str], way: str) -> bytes:
    """The body: among the words of a box for text, and in place of anything else."""
    text, values = as_text()[way], form.filled()
    for name in names:
        typed = form.boxes[name].typed
        values[name] = [f"{BEFORE} {text} {AFTER}" if typed else text]
    return encoded(values)


def encoded(values: dict[str, list[str]]) -> bytes:
    return urlencode(values, doseq=True).encode()
