"""How a page lays its questions out.

A page writes its own <form> and puts `{% crispy form %}` in it, or includes `govuk/form.html`
(form, button), which does both. A form without a `helper` shows its fields in order, with plain
labels. A form that wants more says so in its `__init__`:

    self.helper = questions(Question("audience", heading=True, size="l"))
    self.helper = questions(Group("About this child", "age", Question("roles", size="s")))

`heading=True` makes the label or legend the page's h1; the page then writes no h1 of its own.
Width, hints of items, divider and exclusive boxes belong to the field (web.fields); attributes such
as autocomplete to its widget.
"""

from dataclasses import dataclass
from typing import Any, Literal

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from crispy_forms.utils import render_field
from django.forms import BaseForm
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

Size = Literal["", "s", "m", "l", "xl"]


@dataclass(frozen=True)
class Look:
    """How a question's label or legend looks."""

    size: Size = ""
    heading: bool = False


class Question(LayoutObject):
    """One field, named, with its look."""

    def __init__(self, name: str, *, size: Size = "m", heading: bool = False) -> None:
        self.fields = [name]
        self.look = Look(size, heading)

    def render(
        self, form: BaseForm, context: Context, template_pack: str = "govuk", **kwargs: Any
    ) -> SafeString:
        look = {"look": self.look}
        (name,) = self.fields
        return render_field(name, form, context, extra_context=look, template_pack=template_pack)


class Group(LayoutObject):
    """Several questions under one legend."""

    def __init__(
        self, legend: str, *fields: str | Question, size: Size = "m", heading: bool = False
    ) -> None:
        self.legend = legend
        self.fields = list(fields)
        self.look = Look(size, heading)

    def render(
        self, form: BaseForm, context: Context, template_pack: str = "govuk", **kwargs: Any
    ) -> SafeString:
        inside = self.get_rendered_fields(form, context, template_pack)
        legend = {"label": self.legend, "look": self.look, "fields": inside}
        return render_to_string("govuk/group.html", legend)


def questions(*layout: str | LayoutObject) -> FormHelper:
    """The helper of a form: what it asks, in this order. Hidden fields are always rendered."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    helper.render_hidden_fields = True
    helper.layout = Layout(*layout)
    return helper
