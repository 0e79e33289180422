"""The triage model in pure Python: from answers to an assessment, by rules declared as data."""

from triage.model.assessment import Assessment, assess, response_of
from triage.model.reasons import Reason

__all__ = ["Assessment", "Reason", "assess", "response_of"]
