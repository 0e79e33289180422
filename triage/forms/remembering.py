"""The base of every form of the wizard."""

from typing import cast

from django import forms
from django.http import QueryDict


class RememberingForm(forms.Form):
    """A form that carries `shown`, the fingerprint of what its page was opened with."""

    shown = forms.CharField(widget=forms.HiddenInput)

    def shown_again(self, fingerprint: str) -> None:
        """Show the page again beside what is stored now: posting it once more is no conflict."""
        data = cast(QueryDict, self.data).copy()
        data["shown"] = fingerprint
        self.data = data
