"""Labels, legends, hints, errors, buttons and the summary are what GOV.UK Frontend expects."""

import pytest
from django import forms
from django.template.loader import render_to_string

from tests.unit.web.govuk import Element, fixture, form_of, read, rendered
from web.fields import ShortText
from web.layout import Group, questions

# Left out everywhere: HTML given as HTML (we escape all text), classes, attributes, translations.
# Left out of labels: "empty"; a question without words is a mistake.
LABELS = [
    "default",
    "with bold text",
    "styled as xl text",
    "styled as large text",
    "styled as medium text",
    "styled as small text",
    "as page heading xl",
    "as page heading l",
    "as page heading m",
    "as page heading s",
    "as page heading without class",
    "html as text",
    "for",
]
# Left out: "html fieldset content", where ours holds questions; describedBy and role.
FIELDSETS = [
    "default",
    "styled as xl text",
    "styled as large text",
    "styled as medium text",
    "styled as small text",
    "as page heading xl",
    "as page heading l",
    "as page heading m",
    "as page heading s",
    "as page heading without class",
    "html as text",
]
HINTS = ["default", "id", "html as text"]
# Left out: "id", which does not end in "-error" as every id of ours does.
ERRORS = ["default", "html as text"]
# Left out: links and start buttons, which the pages write themselves; disabled and inverse buttons,
# "type" and "id", which no form here has; hover, active and focus, which are states and no HTML.
BUTTONS = ["default", "secondary", "warning", "name", "value", "no type", "prevent double click"]
# Left out: descriptions and other titles, which we do not have; "autofocus disabled" and "autofocus
# explicitly enabled" list no error, where ours shows nothing at all.
SUMMARIES = [
    "default",
    "without links",
    "mixed with and without links",
    "error list with html as text",
    "error list with html as text link",
]


def part(tag: str, html: str, **attrs: str) -> Element:
    (found,) = read(html).find(tag, **attrs)
    return found


def a_form(name: str = "asked", **options: dict[str, str]) -> forms.Form:
    field = ShortText(max_length=50, missing=options.get("errorMessage", {}).get("text", ""))
    return form_of(field, {"name": name, **options}, {"text": "A question"})


@pytest.mark.parametrize("name", LABELS)
def test_labels(name):
    options, expected = fixture("label", name)
    target = options.get("for", "asked")
    for label in expected.find("label"):  # ours always says what it is the label of
        label.attrs["for"] = target
    html = rendered(form_of(ShortText(max_length=50), {"name": target}, options))
    (group,) = read(html).find("div")
    assert group.inside[0] == expected.inside[0]


@pytest.mark.parametrize("name", FIELDSETS)
def test_fieldsets(name):
    options, expected = fixture("fieldset", name)
    legend = options["legend"]
    size = legend.get("classes", "").rpartition("--")[2]
    form = forms.Form()
    heading = legend.get("isPageHeading", False)
    form.helper = questions(Group(legend["text"], size=size, heading=heading))
    assert read(rendered(form)) == expected


@pytest.mark.parametrize("name", HINTS)
def test_hints(name):
    options, expected = fixture("hint", name)
    own = options.get("id", "asked-hint")
    (hint,) = expected.find("div")
    hint.attrs["id"] = own  # ours always has one, for its input to name
    html = rendered(a_form(own.removesuffix("-hint"), hint={"text": options["text"]}))
    assert part("div", html, id=own) == hint


@pytest.mark.parametrize("name", ERRORS)
def test_error_messages(name):
    options, expected = fixture("error-message", name)
    (error,) = expected.find("p")
    error.attrs["id"] = "asked-error"  # as above
    html = rendered(a_form(errorMessage={"text": options["text"]}))
    assert part("p", html) == error


@pytest.mark.parametrize("name", BUTTONS)
def test_buttons(name):
    options, expected = fixture("button", name)
    (button,) = expected.find("button")
    button.attrs["data-prevent-double-click"] = "true"  # every button of ours
    kind = options.get("classes", "").rpartition("--")[2]
    assert read(render_to_string("govuk/button.html", options | {"kind": kind})) == expected


@pytest.mark.parametrize("name", SUMMARIES)
def test_error_summaries(name):
    options, expected = fixture("error-summary", name)
    form = forms.Form({})
    for error in options["errorList"]:
        field = error.get("href", "#").removeprefix("#") or None
        if field:
            form.fields[field] = forms.CharField(required=False)
        form.add_error(field, error["text"])
    assert read(render_to_string("govuk/error_summary.html", {"form": form})) == expected


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("govuk/error_summary.html", {"form": forms.Form({})}).strip() == ""
