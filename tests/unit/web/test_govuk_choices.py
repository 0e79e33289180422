"""Radios, checkboxes and selects are, element by element, what GOV.UK Frontend expects."""

import pytest
from django import forms

from tests.unit.web.govuk import choices_of, fixture, form_of, read, rendered
from web.fields import CheckboxQuestion, RadioQuestion

# Left out of the radios and checkboxes:
# - without a fieldset ("without fieldset", "minimal items and name", "prechecked using value",
#   "with idPrefix", "with checked item", "multiple hints" ...): ours always have a legend;
# - "with legend as page heading" (radios): its items hold HTML, and ours hold only text;
# - "with hints on items" (radios and checkboxes), "with id and name": each item has an id or a
#   name of its own choosing; ours are numbered. Hints of items are compared to the letter in
#   "with hints on parent and items" and "with error message" instead;
# - "with disabled", "with disabled item": one item alone cannot be disabled here;
# - "with pre-checked values" and all conditional items: reveals fail axe, we ask on the next page;
# - small, inline, classes, attributes, describedBy, HTML labels: no question of ours asks for them;
# - "with single option ...": its caller adds a describedBy, and no legend stands above the box.
RADIOS = [
    "default",
    "with hint",
    "with a divider",
    "with fieldset and error message",
    "with very long option text",
    "with hints on parent and items",
    "with hint and error message",
]
CHECKBOXES = [
    "default",
    "with hint",
    "with divider and None",
    "with legend as a page heading",
    "with error message",
    "with very long option text",
    "with error message and hint",
]
# Left out: "default", "with selected value", "with label as page heading", "with full width
# override" and "with optional form-group classes" hold one disabled option, which no select here
# can; "without values" leaves out the value, which ours always write; "with falsy items" has gaps
# among its items, which Django does not; describedBy, attributes: nobody asks.
SELECTS = [
    "with hint text and error message",
    "hint",
    "error",
    "id",
    "with falsy values",
    "item selected overrides value",
]


@pytest.mark.parametrize("name", RADIOS)
def test_radios(name):
    options, expected = fixture("radios", name)
    checked = [item["value"] for item in options["items"] if item.get("checked")]
    options["value"] = checked[0] if checked else None
    form = form_of(RadioQuestion(**choices_of(options)), options, options["fieldset"]["legend"])
    assert read(rendered(form)) == expected


@pytest.mark.parametrize("name", CHECKBOXES)
def test_checkboxes(name):
    options, expected = fixture("checkboxes", name)
    form = form_of(CheckboxQuestion(**choices_of(options)), options, options["fieldset"]["legend"])
    assert read(rendered(form)) == expected


@pytest.mark.parametrize("name", SELECTS)
def test_selects(name):
    options, expected = fixture("select", name)
    items = options.get("items", [])
    # "false" is how GOV.UK Frontend writes a value that is False; a form of ours has text there.
    asked = forms.ChoiceField(
        choices=[(str(item["value"]).replace("False", "false"), item["text"]) for item in items],
        error_messages={"required": options.get("errorMessage", {}).get("text", "")},
    )
    if any(item.get("selected") is False for item in items):
        options["value"] = None
    if any(item["value"] == "" for item in items):
        asked.initial = "another"  # with no answer at all, Django selects the empty option
    assert read(rendered(form_of(asked, options, options["label"]))) == expected


def test_two_ticked_boxes_come_back_ticked_and_the_others_do_not():
    options, expected = fixture("checkboxes", "default")
    options["value"] = ["british", "other"]
    for box in expected.find("input"):
        if box.attrs["value"] in options["value"]:
            box.attrs["checked"] = None
    form = form_of(CheckboxQuestion(**choices_of(options)), options, options["fieldset"]["legend"])
    assert read(rendered(form)) == expected


def test_a_difference_of_one_attribute_or_one_word_is_seen():
    """What these comparisons rest on: the reader does not wave things through."""
    one = '<p class="a b" id="x">One\n  <span>two</span> three</p>'
    assert read(one) == read('<p id="x" class="b  a"> One <span> two </span> three </p>')
    assert read(one) != read(one.replace(' id="x"', ""))
    assert read(one) != read(one.replace("three", "four"))
    assert read(one) != read(one.replace("</span> three", "</span>three"))
    assert read(one) != read(one.replace("a b", "a"))
    assert read("<textarea>\na\n</textarea>") == read("<textarea>a\n</textarea>")
    assert read("<textarea>a\n</textarea>") != read("<textarea>a</textarea>")
    with pytest.raises(AssertionError, match="not closed"):
        read("<div><p></p>")
