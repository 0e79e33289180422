"""From a bound field to the GOV.UK component that asks it: which template, with which values.

Ids are those of GOV.UK Frontend: the first radio or checkbox carries the field's own id, so that a
link from the error summary reaches it; the next are numbered from 2, the divider counted.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BaseForm, BoundField

from web.layout import Look
from web.noimage.freetext import without_images

Values = dict[str, Any]
Item = dict[str, Any]
# In this order: checkboxes are a kind of radios to Django, and radios a kind of select.
COMPONENTS: list[tuple[type[forms.Widget], str]] = [
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxInput, "checkbox"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.TextInput, "input"),
    (forms.EmailInput, "input"),
    (forms.PasswordInput, "input"),
    (forms.NumberInput, "input"),
]
REFUSED = (forms.MultipleHiddenInput, forms.SelectMultiple, forms.SelectDateWidget)
FRACTIONS = {"full", "three-quarters", "two-thirds", "one-half", "one-third", "one-quarter"}
# Attributes of a widget that a page may carry. Not `maxlength`, which cuts a long paste without a
# word, nor `placeholder`, which is gone as soon as someone types, nor `required`: the server says.
ATTRIBUTES = ("autocapitalize", "autocomplete", "inputmode", "pattern", "spellcheck")


def field_id(bound: BoundField) -> str:
    """The field's name, unless its form asks for other ids (two forms on a page: `auto_id`)."""
    return bound.html_name if bound.form.auto_id == "id_%s" else bound.auto_id


def component(bound: BoundField, look: Look) -> tuple[str, Values]:
    """The template's name and its values. TypeError for a widget this product has no form for."""
    widget = bound.field.widget
    name = next((name for kind, name in COMPONENTS if isinstance(widget, kind)), None)
    if name is None or type(widget) in REFUSED:
        raise TypeError(f"{bound.name}: no GOV.UK component for {type(widget).__name__}")
    return f"govuk/{name}.html", _values(bound, look) | SPECIFIC[name](bound)


def _values(bound: BoundField, look: Look) -> Values:
    own = field_id(bound)
    errors = [
        {"id": f"{own}-error" + (f"-{number}" if number > 1 else ""), "text": str(text)}
        for number, text in enumerate(bound.errors, start=1)
    ]
    counted = getattr(bound.field, "counted", False)
    ids = [f"{own}-info"] if counted else []
    ids += [f"{own}-hint"] if bound.help_text else []
    ids += [error["id"] for error in errors]
    return {
        "id": own,
        "name": bound.html_name,
        "label": bound.label,
        "hint": bound.help_text,
        "errors": errors,
        "look": look,
        "described_by": " ".join(ids),
        "disabled": bound.field.disabled,
        "maxlength": getattr(bound.field, "max_length", None) if counted else None,
    }


def _input(bound: BoundField) -> Values:
    widget = bound.field.widget
    assert isinstance(widget, forms.widgets.Input)  # noqa: S101 - tells mypy what COMPONENTS ensured
    attrs: Values = {name: widget.attrs[name] for name in ATTRIBUTES if name in widget.attrs}
    kind = widget.input_type
    if kind == "number":  # a wheel of the mouse must not change an age
        kind, attrs = "text", {"inputmode": "numeric"} | attrs
    if kind == "password":
        attrs = {"spellcheck": "false", "autocapitalize": "none"} | attrs
    hidden = isinstance(widget, forms.PasswordInput) and not widget.render_value
    value = None if hidden else widget.format_value(_shown(bound))
    width = getattr(bound.field, "width", "")
    return {"type": kind, "attrs": attrs, "value": value, "width_class": _width_class(width)}


def _shown(bound: BoundField) -> Any:
    """What the page shows again after an error: never what could be an image, in any field."""
    value = bound.value()
    return without_images(value)[0] if isinstance(value, str) else value


def _width_class(width: str) -> str:
    if not width:
        return ""
    return f"govuk-!-width-{width}" if width in FRACTIONS else f"govuk-input--width-{width}"


def _textarea(bound: BoundField) -> Values:
    attrs = bound.field.widget.attrs
    shown = {name: attrs[name] for name in ATTRIBUTES if name in attrs}
    return {"attrs": shown, "value": _shown(bound), "rows": attrs.get("rows", 5)}


def _hidden(bound: BoundField) -> Values:
    widget = bound.field.widget
    assert isinstance(widget, forms.HiddenInput)  # noqa: S101 - as above
    return {"value": widget.format_value(_shown(bound))}


def _checkbox(bound: BoundField) -> Values:
    widget = bound.field.widget
    assert isinstance(widget, forms.CheckboxInput)  # noqa: S101 - as above
    return {"checked": widget.check_test(bound.value())}


def _choices(bound: BoundField) -> Values:
    return {"items": list(_items(bound))}


def _items(bound: BoundField) -> Iterator[Item]:
    """Each choice in turn; `{"divider": True}` where the field asks for one."""
    field, widget = bound.field, bound.field.widget
    assert isinstance(widget, forms.Select | forms.RadioSelect)  # noqa: S101 - as above
    chosen = widget.format_value(bound.value())
    own, number = field_id(bound), 0
    for value, text in widget.choices:
        number += 1
        # Never before the first, which has to keep the field's own id.
        if number > 1 and value == getattr(field, "divider_before", None):
            yield {"divider": True}
            number += 1
        yield {
            "id": own if number == 1 else f"{own}-{number}",
            "value": value,
            "text": text,
            "hint": getattr(field, "item_hints", {}).get(value),
            "checked": str(value) in chosen,
            "exclusive": value in getattr(field, "exclusive", ()),
        }


SPECIFIC = {
    "hidden": _hidden,
    "checkbox": _checkbox,
    "checkboxes": _choices,
    "radios": _choices,
    "select": _choices,
    "textarea": _textarea,
    "input": _input,
}


def problems(form: BaseForm) -> list[dict[str, str | None]]:
    """Everything wrong with a form, in its order: `text`, and `href` of the place to put it right.

    An error of the whole form links to the field that the form names in `error_link`, if it does.
    """
    named = getattr(form, "error_link", None)
    whole = f"#{field_id(form[named])}" if named else None
    found = [{"text": str(text), "href": whole} for text in form.non_field_errors()]
    for bound in form:
        href = None if bound.is_hidden else f"#{field_id(bound)}"
        found += [{"text": str(text), "href": href} for text in bound.errors]
    return found
