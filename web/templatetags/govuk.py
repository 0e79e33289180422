"""How a template shows a form: one bound field, or the list of what is wrong.

{% govuk_field field look %}
{% problems form as found %}
"""

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from web.components import component
from web.components import problems as problems_of
from web.layout import Look

register = template.Library()


@register.simple_tag
def govuk_field(field: BoundField, look: Look | None = None) -> SafeString:
    """Raises TypeError for a widget that the pack has no component for."""
    return render_to_string(*component(field, look or Look()))


@register.simple_tag
def problems(form: BaseForm) -> list[dict[str, str | None]]:
    return problems_of(form)
