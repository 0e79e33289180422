"""How soon a case of each response level must be reviewed."""

from typing import Any

from django import forms

from referrals.models import Within
from referrals.urgency import URGENCY
from triage.model.catalogue import RESPONSES
from web.layout import Question, questions

CHOOSE = "Select how soon: {}"


class ReviewTimesForm(forms.Form):
    """One select for each response level, the most urgent first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for response in reversed(RESPONSES):
            missing = CHOOSE.format(URGENCY[response])
            self.fields[response] = forms.ChoiceField(
                label=URGENCY[response],
                choices=Within.choices,
                error_messages={"required": missing, "invalid_choice": missing},
            )
        self.helper = questions(*(Question(name, size="s") for name in self.fields))

    @property
    def times(self) -> dict[str, Within]:
        return {response: Within(within) for response, within in self.cleaned_data.items()}
