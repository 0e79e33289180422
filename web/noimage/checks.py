"""Start-up fails if any model has a field that could hold an image."""

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

FORBIDDEN = (models.FileField, models.BinaryField)  # ImageField is a FileField


@register()
def no_field_can_hold_an_image(**kwargs: object) -> list[CheckMessage]:
    """System check `web.E001`: no FileField, ImageField or BinaryField in any installed app."""
    return [
        Error(
            f"{model._meta.label}.{field.name} could hold an image.",
            hint="This product never holds an image. Remove the field.",
            obj=model,
            id="web.E001",
        )
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, FORBIDDEN)
    ]
