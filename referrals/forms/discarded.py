"""The form that deletes discarded triages."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms

from triage.models import Draft
from web.fields import CheckboxQuestion


class Ticked(CheckboxQuestion):
    """Ids of triages. One that is not offered any more is no error: somebody else was quicker."""

    def valid_value(self, value: Any) -> bool:
        try:
            UUID(str(value))
        except ValueError:
            return False
        return True


class DiscardedForm(forms.Form):
    drafts = Ticked(
        label="Which are deleted?", choices=[], missing="Tick each triage that is to be deleted"
    )
    sure = forms.BooleanField(
        label="I have read those that I ticked. Delete them for good.",
        error_messages={"required": "Tick this box if you are sure"},
    )

    def __init__(self, *args: Any, offered: Iterable[Draft], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = list(offered)

    def clean_drafts(self) -> list[UUID]:
        return [UUID(value) for value in self.cleaned_data["drafts"]]

    @property
    def ticked(self) -> list[str]:
        """What the page shows as ticked."""
        return self["drafts"].value() or []
