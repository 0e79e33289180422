"""The base of every form of the wizard."""

from typing import Any, cast

from django import forms
from django.http import QueryDict


class AnswersForm(forms.Form):
    """A form that gives answers as they are stored, and carries what its page was opened with.

    `shown` is the fingerprint of what was stored then.
    """

    shown = forms.CharField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """The answers given so far, canonical; all of them after `is_valid`."""
        raise NotImplementedError

    def shown_again(self, fingerprint: str) -> None:
        """Show the page again beside what is stored now: posting it once more is no conflict."""
        data = cast(QueryDict, self.data).copy()
        data["shown"] = fingerprint
        self.data = data
