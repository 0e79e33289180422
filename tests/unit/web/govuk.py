"""Our forms beside GOV.UK Frontend's own expected HTML: read, build, render, compare.

Two pieces of HTML are the same if their elements, attributes and words are: the order of attributes
and of classes is free, and a run of white space counts as one space, but for what stands in a
textarea. Our ids follow from names, so where a fixture has a name that differs from its id, the
name is set to the id before comparing. Nothing else is changed.
"""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

from django import forms
from django.template import Context, Template

from web.layout import Question, questions

COMPONENTS = Path(__file__).parents[3] / "node_modules/govuk-frontend/dist/govuk/components"
VOID = {"input"}
PAGE = Template("{% load crispy_forms_tags %}{% crispy form %}")


@dataclass
class Element:
    """An element: its tag, its attributes (classes as a set) and what stands in it."""

    tag: str
    attrs: dict[str, Any]
    inside: list["Element | str"] = field(default_factory=list)

    def find(self, tag: str, **attrs: str) -> "list[Element]":
        """Every element of this tag inside, at any depth, with these attributes."""
        found = []
        for part in self.inside:
            if isinstance(part, Element):
                fits = part.tag == tag and attrs.items() <= part.attrs.items()
                found += ([part] if fits else []) + part.find(tag, **attrs)
        return found

    def words(self) -> str:
        return "".join(p if isinstance(p, str) else p.words() for p in self.inside)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = {k: frozenset((v or "").split()) for k, v in attrs if k == "class"}
        element = Element(tag, dict(attrs) | classes)
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        inside = self.open[-1].inside
        if inside and isinstance(inside[-1], str):
            data = str(inside.pop()) + data
        inside.append(data)


def read(html: str) -> Element:
    """The elements of a piece of HTML. AssertionError if one is not closed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].tag}> is not closed"
    return _tidied(reader.open[0])


def _tidied(element: Element) -> Element:
    if element.tag == "textarea":  # a browser drops one new line at the start, and no more
        element.inside = [text] if (text := element.words().removeprefix("\n")) else []
        return element
    parts = [" ".join(f"|{p}|".split())[1:-1] if isinstance(p, str) else p for p in element.inside]
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip()
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip()
    element.inside = [
        _tidied(p) if isinstance(p, Element) else p for p in parts if p not in ("", " ")
    ]
    return element


def fixture(component: str, name: str) -> tuple[dict[str, Any], Element]:
    """One of GOV.UK Frontend's cases: its options and the HTML it expects. KeyError if unknown."""
    every = json.loads((COMPONENTS / component / "fixtures.json").read_text(encoding="utf-8"))
    found = {case["name"]: case for case in every["fixtures"]}[name]
    return found["options"], _named_by_id(found["options"], read(found["html"]))


def _named_by_id(options: dict[str, Any], html: Element) -> Element:
    for tag in ("input", "select", "textarea"):
        for element in html.find(tag, name=options.get("name", "")):
            element.attrs["name"] = own_id(options)
    return html


def own_id(options: dict[str, Any]) -> str:
    return str(options.get("idPrefix") or options.get("id") or options["name"])


def rendered(form: forms.Form) -> str:
    return PAGE.render(Context({"form": form}))


def form_of(asked: forms.Field, options: dict[str, Any], label: dict[str, Any]) -> forms.Form:
    """A form that asks one question as a fixture describes it. An error comes of sending it."""
    name, value = own_id(options), options.get("value")
    error = options.get("errorMessage", {}).get("text")
    asked.label, asked.help_text = label["text"], options.get("hint", {}).get("text", "")
    asked.disabled = options.get("disabled", False)
    data = {} if value is None else {name: value}
    form = forms.Form(data) if error else forms.Form(initial=data)
    form.fields[name] = asked
    if error and error not in form.errors.get(name, []):
        form.add_error(name, error)
    size: Any = label.get("classes", "").rpartition("--")[2]
    heading = label.get("isPageHeading", False)
    form.helper = questions(Question(name, size=size, heading=heading))
    return form


def choices_of(options: dict[str, Any]) -> dict[str, Any]:
    """What a fixture's `items` are to a field of ours."""
    items = options["items"]
    before = [after for item, after in pairwise(items) if "divider" in item]
    real = [item for item in items if "divider" not in item]
    return {
        "choices": [(item["value"], item["text"]) for item in real],
        "item_hints": {item["value"]: item["hint"]["text"] for item in real if "hint" in item},
        "divider_before": before[0]["value"] if before else None,
        "exclusive": [item["value"] for item in real if item.get("behaviour") == "exclusive"],
        "missing": options.get("errorMessage", {}).get("text", ""),
    }
