"""Inputs, textareas and counted textareas are what GOV.UK Frontend's own tests expect."""

import pytest
from django import forms

from tests.unit.web.govuk import fixture, form_of, read, rendered
from web.fields import LongText, ShortText

# Left out of the inputs: prefixes and suffixes, extra letter spacing, classes, attributes, an input
# wrapper, describedBy: no question of ours asks for them. "custom type" and "with pattern
# attribute" are type="number", which we never write: a wheel of the mouse must not change an age.
INPUTS = [
    "default",
    "with hint text",
    "with error message",
    "with error and hint",
    "with width-2 class",
    "with width-3 class",
    "with width-4 class",
    "with width-5 class",
    "with width-10 class",
    "with width-20 class",
    "with width-30 class",
    "with label as page heading",
    "id",
    "value",
    "zero value",
    "inputmode",
    "with autocomplete attribute",
    "with spellcheck enabled",
    "with spellcheck disabled",
    "disabled",
]
# Left out: describedBy, classes, attributes, as above.
TEXTAREAS = [
    "default",
    "with hint",
    "with error message",
    "with default value",
    "with custom rows",
    "with label as page heading",
    "id",
    "with hint and error message",
    "with autocomplete attribute",
    "with spellcheck enabled",
    "with spellcheck disabled",
]
# Left out: counting words, a threshold, translations and a count type (ours is the default one:
# each character); "with textarea maxlength attribute", which would cut a long paste without a
# word; those without a maximum, which every text here has; classes and attributes, as above.
COUNTED = [
    "default",
    "with hint",
    "with hint and error",
    "with default value",
    "with default value exceeding limit",
    "with custom rows",
    "with label as page heading",
    "id",
    "spellcheck enabled",
    "spellcheck disabled",
    "with id starting with number",
    "with id with special characters",
]


@pytest.mark.parametrize("name", INPUTS)
def test_inputs(name):
    options, expected = fixture("input", name)
    asked = ShortText(
        max_length=100,
        width=options.get("classes", "").rpartition("-")[2],
        autocomplete=options.get("autocomplete", ""),
        inputmode=options.get("inputmode", ""),
        spellcheck=options.get("spellcheck"),
        missing=options.get("errorMessage", {}).get("text", ""),
    )
    assert read(rendered(form_of(asked, options, options["label"]))) == expected


def test_an_input_with_autocapitalize_off():
    options, expected = fixture("input", "with autocapitalize turned off")
    asked = forms.CharField(widget=forms.TextInput(attrs={"autocapitalize": "none"}))
    assert read(rendered(form_of(asked, options, options["label"]))) == expected


@pytest.mark.parametrize("name", TEXTAREAS)
def test_textareas(name):
    options, expected = fixture("textarea", name)
    attrs = {"rows": options.get("rows", 5), "autocomplete": options.get("autocomplete")}
    if "spellcheck" in options:
        attrs["spellcheck"] = str(options["spellcheck"]).lower()
    asked = forms.CharField(
        widget=forms.Textarea(attrs={key: value for key, value in attrs.items() if value}),
        error_messages={"required": options.get("errorMessage", {}).get("text", "")},
    )
    assert read(rendered(form_of(asked, options, options["label"]))) == expected


@pytest.mark.parametrize("name", COUNTED)
def test_counted_textareas(name):
    options, expected = fixture("character-count", name)
    error = options.get("errorMessage", {}).get("text", "")
    asked = LongText(
        max_length=options["maxlength"],
        rows=options.get("rows", 5),
        autocomplete="",
        spellcheck=options.get("spellcheck"),
        missing=error,
    )
    if options.get("value"):
        asked.error_messages["max_length"] = error
    assert read(rendered(form_of(asked, options, options["label"]))) == expected
