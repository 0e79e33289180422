"""The aggravated rules and the scope, declared once: the code evaluates what a page lists.

Source: the triage model, section 2.
"""

from triage.model.conditions import Rule
from triage.model.facts import Facts
from triage.model.rules.adult import ADULT_INVOLVED
from triage.model.rules.harm import INTENT_TO_HARM
from triage.model.rules.reckless import RECKLESS_MISUSE
from triage.model.rules.scope import SCOPE

# In the order in which they name an aggravated incident.
RULES: tuple[Rule[Facts], ...] = (ADULT_INVOLVED, INTENT_TO_HARM, RECKLESS_MISUSE)

__all__ = ["RULES", "SCOPE"]
