"""Everything that makes or changes a case. Atomic, with the audit record written inside."""
