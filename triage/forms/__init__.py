"""The forms of the wizard."""

from triage.forms.discard import DiscardForm
from triage.forms.fields import to_widget
from triage.forms.hurried import Hurried, read_hurried
from triage.forms.person import PersonForm, initial_of
from triage.forms.steps import STEP_FORMS, PageForm

__all__ = [
    "STEP_FORMS",
    "DiscardForm",
    "Hurried",
    "PageForm",
    "PersonForm",
    "initial_of",
    "read_hurried",
    "to_widget",
]
