"""What stops a backup or a restore, in words for whoever runs it."""


class BackupError(Exception):
    """Nothing was changed, unless the text says so."""
