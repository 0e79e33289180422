"""The form that restricts a case to some of the organisation's leads."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from referrals.forms.base import CaseForm
from referrals.records import FULL
from web.fields import CheckboxQuestion, LongText


class RestrictForm(CaseForm):
    """Who may know that the case exists, and why nobody else may."""

    reason = LongText(
        label="Why is this case restricted?",
        help_text=(
            "For example, an allegation against a member of staff. Only the people you ticked can "
            "read this."
        ),
        max_length=FULL,
        missing="Enter why this case is restricted",
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        self.fields["named"] = CheckboxQuestion(
            label="Who may see this case?",
            help_text=(
                "Tick everybody who may see it, yourself included. If you do not tick yourself, "
                "you cannot open it again."
            ),
            choices=[(key, person.name) for key, person in self.people.items()],
            missing="Select at least one person who may see this case",
        )
        self.order_fields(["named", "reason", "seen"])
        self._lay_out()

    def chosen(self) -> list[User]:
        return [self.people[key] for key in self.cleaned_data["named"]]
