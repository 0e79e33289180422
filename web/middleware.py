"""What every answer keeps to."""

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url

from web.again import marked, signed_in_again

METHODS = ("GET", "HEAD", "POST")
PROBES = ("/healthz", "/readyz")
SESSION_KEY = re.compile("[a-z0-9]{32}")
# What a browser could let a page do. Copying an outcome (frontend/copy.js), and signing in by a
# passkey, are for our own pages; all the rest is for nobody. Only what browsers know is named here:
# they complain of anything else.
OWN_PAGES_MAY = ("clipboard-write", "publickey-credentials-create", "publickey-credentials-get")
NOBODY_MAY = (
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
)
PERMISSIONS = ", ".join(
    [*(f"{name}=()" for name in NOBODY_MAY), *(f"{name}=(self)" for name in OWN_PAGES_MAY)]
)


class PrivatePages:
    """Nothing a signed-in person sees is kept by a browser or a proxy.

    A shared computer's Back button must not show a case after sign-out. `no-store` is set on
    every page, so a new page is private from the day it is written. Static files hold nothing of
    anybody's and may be kept; a page that says there is no such file is a page like another.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        static = request.path.startswith(settings.STATIC_URL)
        if not (static and response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED)):
            response["Cache-Control"] = "no-store"
        response.setdefault("Permissions-Policy", PERMISSIONS)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class FewMethods:
    """Pages are read and forms are posted. Nothing here answers to another method, on any address.

    A view that forgot to say what it takes would else answer DELETE, or TRACE, as it answers GET.
    Whoever comes back, signed in again, to an address that is only posted to is led home instead.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and signed_in_again(request):
            return redirect(marked(resolve_url(settings.LOGIN_REDIRECT_URL)))
        return response


class SessionKeys:
    """A session's key is 32 small letters and digits. Any other is nobody's, and is not looked up.

    PostgreSQL refuses to look for one with a null byte, and the page would fail. Who asks a probe
    is not looked up either: `/healthz` says that the process is up while the database is away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = settings.SESSION_COOKIE_NAME
        known = SESSION_KEY.fullmatch(request.COOKIES.get(name, ""))
        if request.path in PROBES or not known:
            request.COOKIES.pop(name, None)
        return self.get_response(request)
