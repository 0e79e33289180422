"""What the forms of managers and operators have in common."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict

from web.layout import Question, questions


class PlainForm(forms.Form):
    """Every field in its order, with small labels."""

    def lay_out(self) -> None:
        shown = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        self.helper = questions(*(Question(name, size="s") for name in shown))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


class SeenForm(PlainForm):
    """A form that changes what is there, and carries what that was when it was opened.

    Whoever saves second is told what it says now (templates/accounts/form.html), keeps what they
    typed, and saves it by pressing again.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, now: Mapping[str, Any], **kwargs: Any) -> None:
        """`now`: the values of the form's fields as they are kept."""
        self.now = dict(now)
        super().__init__(*args, initial={**self.now, "seen": _fingerprint(self.now)}, **kwargs)

    @property
    def is_stale(self) -> bool:
        """True once, when others changed it meanwhile to something else than was posted."""
        cleaned = {name: self.cleaned_data.get(name) for name in self.now}
        fresh = _fingerprint(self.now)
        if self.cleaned_data["seen"] == fresh or _fingerprint(cleaned) == fresh:
            return False
        data = cast(QueryDict, self.data).copy()
        data["seen"] = fresh
        self.data = data
        self.changed_meanwhile = True
        return True

    def as_it_is_now(self) -> list[tuple[str, str]]:
        """Each label with what is kept, in words."""
        return [(str(self.fields[name].label), self._in_words(name)) for name in self.now]

    def _in_words(self, name: str) -> str:
        value, field = self.now[name], self.fields[name]
        if isinstance(field, forms.ChoiceField):
            chosen = [value] if isinstance(value, str) else value
            offered = cast(Iterable[tuple[str, str]], field.choices)
            return ", ".join(text for key, text in offered if key in chosen)
        return str(value)


def _fingerprint(values: Mapping[str, Any]) -> str:
    plain = sorted(
        (name, str(sorted(value) if isinstance(value, list) else value))
        for name, value in values.items()
    )
    return hashlib.sha256(repr(plain).encode("utf-8", "surrogatepass")).hexdigest()
