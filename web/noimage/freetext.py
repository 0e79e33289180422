"""What free text may hold: words. A pasted image, in any text form, is taken out.

Three forms are known: a `data:` URI, a long unbroken run of base64, and base64 wrapped in lines as
encoders write it. They are removed, the rest of what was typed is kept, and what was removed is
neither shown again nor logged.
"""

import re

# Every repetition is bounded or possessive: a hostile text must not keep the server busy.
DATA_URI = r"data:(?:[\w.+-]{1,100}/[\w.+-]{1,100})?(?:;[^,\s]{0,200})?,\S*"
LINE_BREAKS = r"(?:[ \t\r]{0,8}\n){1,3}[ \t]{0,8}"
WRAPPED_BASE64 = rf"(?:[A-Za-z0-9+/_-]{{60,}}+{LINE_BREAKS}){{2,}}(?:[A-Za-z0-9+/_-]+={{1,2}})?"
BASE64_RUN = r"[A-Za-z0-9+/_=-]{200,}"
IMAGE_AS_TEXT = re.compile(f"{DATA_URI}|{WRAPPED_BASE64}|{BASE64_RUN}", re.IGNORECASE)

REFUSED = (
    "Part of what you pasted looked like an image or a file, so it was taken out. "
    "The words you typed are still here. Check them, then continue."
)


def without_images(text: str) -> tuple[str, bool]:
    """The text with anything that could be an encoded image removed, and whether there was any."""
    cleaned, found = IMAGE_AS_TEXT.subn("", text)
    return cleaned, found > 0
