"""Form fields that know how GOV.UK forms ask: hints of choices, a divider, boxes that stand alone.

Every field takes `missing`, what to say when nothing was answered, because "This field is required"
tells nobody what to do. Free text refuses anything that could be an encoded image (web.noimage).
They render through the template pack in templates/govuk; plain Django fields do so too.
"""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from web.noimage.freetext import REFUSED, without_images

Choices = Sequence[tuple[str, str]]
# For a field that may stay empty, and so has no `missing`, when something else than a choice came.
OFFERED = "Choose from the answers shown"
TOO_LONG = "Use %(limit_value)d characters or fewer. You typed %(show_value)d."


class _Choosing:
    """What radios and checkboxes share: `item_hints`, `divider_before`, `exclusive`."""

    def __init__(
        self,
        *,
        choices: Choices,
        missing: str,
        item_hints: Mapping[str, str] | None = None,
        divider_before: str | None = None,
        exclusive: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """`divider_before`: the value "or" stands before. `exclusive`: values that stand alone."""
        self.item_hints = dict(item_hints or {})
        self.divider_before = divider_before
        self.exclusive = frozenset(exclusive)
        # Django's own message for a value that is not offered repeats the value: never echo it.
        messages = dict.fromkeys(("required", "invalid_choice", "invalid_list"), missing or OFFERED)
        super().__init__(choices=choices, error_messages=messages, **kwargs)  # type: ignore[call-arg]


class RadioQuestion(_Choosing, forms.ChoiceField):
    """One of several."""

    widget = forms.RadioSelect


class CheckboxQuestion(_Choosing, forms.MultipleChoiceField):
    """Any of several. A value in `exclusive` with any other is an error, with JavaScript or not."""

    widget = forms.CheckboxSelectMultiple

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        offered = cast(Choices, self.choices)  # Django's own type allows groups of choices too
        alone = [label for key, label in offered if key in self.exclusive and key in value]
        if alone and len(set(value)) > 1:
            raise ValidationError(
                f"You ticked “{alone[0]}” and something else. Untick one or the other.",
                code="exclusive",
            )


class _Words:
    """Text that a person types, cleaned of anything that could be an image."""

    def __init__(
        self,
        *,
        missing: str = "",
        max_length: int,
        width: str = "",
        autocomplete: str = "off",
        inputmode: str = "",
        spellcheck: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """`width`: 2, 3, 4, 5, 10, 20, 30 or a fraction ("one-half"). Nothing is filled in by the
        browser unless `autocomplete` says so: on a shared computer it would show a child's name.
        """
        self.width = width
        messages = {"max_length": TOO_LONG} | ({"required": missing} if missing else {})
        kwargs |= {"max_length": max_length, "error_messages": messages}
        super().__init__(**kwargs)
        wanted = {"autocomplete": autocomplete, "inputmode": inputmode}
        attrs = {name: value for name, value in wanted.items() if value}
        if spellcheck is not None:
            attrs["spellcheck"] = str(spellcheck).lower()
        self.widget.attrs.update(attrs)  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> str:
        # A browser sends two characters for a new line where its own counter counted one.
        text = super().to_python(value).replace("\r\n", "\n")  # type: ignore[misc]
        if without_images(text)[1]:
            raise ValidationError(REFUSED, code="image")
        return text if _can_be_seen(text) else ""


def _can_be_seen(text: str) -> bool:
    """Whether it holds a letter, number, mark or symbol: unseen letters alone are no answer."""
    return any(unicodedata.category(letter)[0] in "LNPS" for letter in text)


class ShortText(_Words, forms.CharField):
    """A line of text."""


class LongText(_Words, forms.CharField):
    """Several lines, with a count of the characters that are left."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.counted = True
        self.widget.attrs["rows"] = rows
