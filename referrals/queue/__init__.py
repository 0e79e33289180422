"""The queue: an organisation's cases and open drafts, most urgent first, then oldest first."""
