"""The triage model in pure Python: from answers to an assessment, by rules declared as data."""

from triage.model.assessment import Assessment, assess
from triage.model.reasons import Reason

__all__ = ["Assessment", "Reason", "assess"]
