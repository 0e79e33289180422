"""The forms of the wizard."""

from triage.forms.discard import DiscardForm
from triage.forms.fields import to_widget
from triage.forms.person import PersonForm, initial_of
from triage.forms.steps import STEP_FORMS, PageForm

__all__ = ["STEP_FORMS", "DiscardForm", "PageForm", "PersonForm", "initial_of", "to_widget"]
