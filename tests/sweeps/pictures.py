"""Images of every kind, as bytes and as text, and finding any trace of one of them.

Every image holds MARK many times. What a trace of it looks like in bytes, in base64 and in hex is
in TRACES; it is looked for in small letters, since some columns hold small letters alone.
"""

import base64
import json
from collections.abc import Iterable
from urllib.parse import quote_from_bytes

MARK = b"Zq7vK3nXw9PzL2mT8sRbYc4dHf6gJk"
BODY = MARK * 30
PICTURES = {
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + BODY,
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + BODY,
    "image/gif": b"GIF89a\x01\x00\x01\x00" + BODY,
    "image/webp": b"RIFF\x00\x04\x00\x00WEBPVP8 " + BODY,
    "image/heic": b"\x00\x00\x00\x18ftypheic" + BODY,
    "image/bmp": b"BM\x00\x04\x00\x00" + BODY,
    "image/svg+xml": b'<svg xmlns="http://www.w3.org/2000/svg"><text>' + BODY + b"</text></svg>",
    "image/tiff": b"II*\x00\x08\x00\x00\x00" + BODY,
    "video/mp4": b"\x00\x00\x00\x18ftypmp42" + BODY,
}
PNG = PICTURES["image/png"]
AS_BASE64 = base64.b64encode(PNG).decode()
AS_URI = f"data:image/png;base64,{AS_BASE64}"


def as_text() -> dict[str, str]:
    """An image in words, by how. A box for one line is given no new lines by a browser."""
    return {
        "data: URI": AS_URI,
        "data: URI of an SVG": f"data:image/svg+xml,{quote_from_bytes(PICTURES['image/svg+xml'])}",
        "base64": AS_BASE64,
        "base64 for addresses": base64.urlsafe_b64encode(PNG).decode(),
        "base64 in lines": base64.encodebytes(PNG).decode(),
        "nested in JSON": json.dumps({"a": [{"image": AS_URI}]}),
    }


def _traces() -> list[str]:
    """Base64 of the mark looks different by where it starts: at the first, second or third byte."""
    shifted = [base64.b64encode(b"\0" * shift + MARK).decode()[4:-4] for shift in range(3)]
    return [text.lower() for text in (MARK.decode(), MARK.hex(), *shifted)]


TRACES = _traces()


def holds_a_trace(text: str) -> bool:
    small = text.lower()
    return any(trace in small for trace in TRACES)


def traces_in(texts: Iterable[tuple[str, object]]) -> dict[str, int]:
    """Where a trace was found, and how many bytes long what holds it is."""
    found = {}
    for where, value in texts:
        text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
        if holds_a_trace(text):
            found[where] = len(text)
    return found
