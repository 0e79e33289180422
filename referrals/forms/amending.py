"""The form that opens the wizard on a copy of a case's answers."""

from referrals.forms.base import CaseForm
from referrals.records import FULL
from web.fields import LongText


class AmendForm(CaseForm):
    """Why the answers are changed."""

    reason = LongText(
        label="What is known differently now, and how do you know?",
        help_text=(
            "For example: the college confirmed that B is 19. This is kept with the change. "
            "No names, and no description of the image."
        ),
        max_length=FULL,
        missing="Enter what is known differently now",
    )
