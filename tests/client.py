"""A test client that posts as a browser posts our forms: urlencoded, never multipart."""

from typing import Any
from urllib.parse import urlencode

from django.test import Client

FORM = "application/x-www-form-urlencoded"


class FormClient(Client):
    """`post(path, {"a": "1", "b": ["x", "y"]})` sends one urlencoded body."""

    def post(self, path: str, data: Any = None, content_type: str = FORM, **extra: Any) -> Any:  # type: ignore[override]
        if isinstance(data, dict) and content_type == FORM:
            data = urlencode(data, doseq=True)
        return super().post(path, data or "", content_type=content_type, **extra)
