"""The forms of a safeguarding lead's work."""
