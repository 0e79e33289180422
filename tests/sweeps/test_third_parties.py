"""Nothing that a page is made of names another host, so no browser can ask one."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
# An address with a host, also one that leaves the protocol to the page.
HOST = re.compile(r"""(?:\b(?:https?|wss?|ftp):|["'(=\s]|^)//[\w.-]*\w""")
# The name of a language, which is read and never fetched.
NAMES = ("http://www.w3.org/2000/svg",)


def texts(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file())


BUILT = texts("static/build/*.css", "static/build/*.js", "static/build/*.svg")
TEMPLATES = texts("templates/**/*.html", "templates/**/*.txt", "*/templates/**/*")


def hosts(text: str) -> list[str]:
    for name in NAMES:
        text = text.replace(name, "")
    return HOST.findall(text)


def test_there_is_something_to_read() -> None:
    assert {"app.css", "app.js"} <= {path.name for path in BUILT}
    assert len(TEMPLATES) > 80


@pytest.mark.parametrize("path", [*BUILT, *TEMPLATES], ids=lambda path: path.name)
def test_it_names_no_other_host(path: Path) -> None:
    assert hosts(path.read_text()) == []


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_it_is_whole_in_itself(path: Path) -> None:
    """No style, font or picture is taken from elsewhere, nor as data, which the policy refuses."""
    assert re.findall(r"@import|url\(|sourceMappingURL", path.read_text()) == []


@pytest.mark.parametrize(
    "text",
    [
        '<script src="https://cdn.example/x.js">',
        '<img src="//cdn.example/x.png">',
        "url(//fonts.example/x.woff2)",
        "fetch('http://other.example')",
        "new WebSocket('wss://other.example')",
    ],
)
def test_another_host_would_be_found(text: str) -> None:
    assert len(hosts(text)) == 1


@pytest.mark.parametrize("text", ["a // comment", "/cases/", "http://www.w3.org/2000/svg"])
def test_nothing_else_is_taken_for_one(text: str) -> None:
    assert hosts(text) == []
