"""The headers of every answer of every address: of pages, of refusals, and of faults."""

import pytest

from tests.sweeps.asking import Answer
from tests.sweeps.conftest import Swept
from tests.sweeps.urlconf import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.once]

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
# Copying the outcome, and signing in by a passkey, are done by our own pages alone.
OWN_PAGES_MAY = {"clipboard-write", "publickey-credentials-create", "publickey-credentials-get"}
NOBODY_MAY = {
    *("accelerometer", "autoplay", "browsing-topics", "camera", "clipboard-read"),
    *(
        "attribution-reporting",
        "compute-pressure",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "gamepad",
    ),
    *("geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection"),
    *("keyboard-map", "local-fonts", "magnetometer", "microphone"),
    *("midi", "otp-credentials", "payment", "picture-in-picture", "screen-wake-lock", "serial"),
    *("storage-access", "sync-xhr", "usb", "window-management", "xr-spatial-tracking"),
}
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
STATUSES = {
    "an image": 415,
    "too large": 413,
    "another method": 405,
    "another host": 400,
    "plain HTTP": 301,
    "a fault": 500,
}
PROBES = {"healthz", "readyz"}


def test_what_is_refused_is_refused_by_every_address(swept: Swept) -> None:
    """A probe is answered over plain HTTP, too: it asks from the same machine."""
    assert len(swept.refusals) == len(addresses()) * len(STATUSES)
    wrong = [
        f"{answer}: {answer.status}"
        for answer in swept.refusals
        if answer.status != (200 if is_probe(answer) else STATUSES[answer.method])
    ]
    assert wrong == []


def test_whoever_sends_an_image_is_told_that_it_was_not_saved(swept: Swept) -> None:
    told = ["nothing was saved" in a.text for a in swept.refusals if a.method == "an image"]
    assert len(told) == len(addresses())
    assert all(told)


def is_probe(answer: Answer) -> bool:
    return answer.method == "plain HTTP" and answer.name in PROBES


def test_every_answer_carries_every_header(swept: Swept) -> None:
    assert {200, 302, 403, 404, 405, 409, 422} <= {answer.status for answer in every(swept)}
    wrong = {
        f"{answer}, {answer.status}: {name}: {answer.headers.get(name)}"
        for answer in every(swept)
        for name, value in wanted(answer).items()
        if answer.headers.get(name) != value
    }
    assert sorted(wrong)[:30] == []


def wanted(answer: Answer) -> dict[str, str]:
    """No browser heeds the promise of HTTPS when it comes without HTTPS."""
    without = {"Strict-Transport-Security"} if answer.method == "plain HTTP" else set()
    return {name: value for name, value in HEADERS.items() if name not in without}


def test_the_content_policy_starts_from_nothing_everywhere(swept: Swept) -> None:
    said = {answer.headers.get("Content-Security-Policy", "") for answer in every(swept)}
    assert [policy(text) for text in said] == [POLICY]


def every(swept: Swept) -> list[Answer]:
    return [*swept.answers, *swept.refusals]


def policy(text: str) -> dict[str, str]:
    """The directives of a Content-Security-Policy, each with its sources."""
    parts = [part.strip().partition(" ") for part in text.split(";") if part.strip()]
    return {name: sources for name, _, sources in parts}


def test_no_page_may_use_the_camera_or_anything_else_of_the_device(swept: Swept) -> None:
    said = {answer.headers.get("Permissions-Policy", "") for answer in every(swept)}
    (permissions,) = [dict(part.split("=") for part in text.split(", ")) for text in said]
    assert permissions == {
        **dict.fromkeys(NOBODY_MAY, "()"),
        **dict.fromkeys(OWN_PAGES_MAY, "(self)"),
    }


def test_no_answer_is_for_the_scripts_of_another_site_or_names_what_it_runs_on(
    swept: Swept,
) -> None:
    names = {name.lower() for answer in every(swept) for name in answer.headers}
    assert [name for name in names if name.startswith("access-control-")] == []
    assert names & {"server", "x-powered-by", "via"} == set()
