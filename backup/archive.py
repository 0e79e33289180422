"""One backup as one file: a ZIP with the manifest first and the dump after it."""

import hashlib
import os
import zipfile
from pathlib import Path
from typing import IO

from backup.errors import BackupError
from backup.manifest import Manifest, from_json

MANIFEST = "manifest.json"
DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
# PostgreSQL's own format is compressed already.
COMPRESSION = {"sqlite": zipfile.ZIP_DEFLATED, "postgresql": zipfile.ZIP_STORED}
BLOCK = 1024 * 1024


def write(target: Path, manifest: Manifest, dump: Path) -> None:
    """Readable by its owner alone, and on the disk when this returns. Never overwrites."""
    opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as file:
        with zipfile.ZipFile(file, "w", COMPRESSION[manifest.database]) as archive:
            archive.writestr(MANIFEST, manifest.to_json())
            archive.write(dump, DUMPS[manifest.database])
        file.flush()
        os.fsync(file.fileno())


def read(source: Path) -> Manifest:
    """Raises BackupError for a file that is no backup, or is damaged."""
    try:
        with zipfile.ZipFile(source) as archive:
            return from_json(archive.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, EOFError) as problem:
        raise BackupError(f"{source} is not a backup, or is damaged.") from problem


def extract(source: Path, manifest: Manifest, target: Path) -> None:
    """Put the dump there. Raises BackupError if it is not byte for byte what was backed up."""
    try:
        with (
            zipfile.ZipFile(source) as archive,
            archive.open(DUMPS[manifest.database]) as dump,
            target.open("xb") as file,
        ):
            length, digest = _copy(dump, file, manifest.dump_bytes)
    except (zipfile.BadZipFile, KeyError, EOFError) as problem:
        raise BackupError(f"{source} is damaged: its dump cannot be read.") from problem
    if (length, digest) != (manifest.dump_bytes, manifest.dump_sha256):
        raise BackupError(f"{source} is damaged: its dump is not the one its manifest tells of.")


def measure(dump: Path) -> tuple[int, str]:
    """Length and SHA-256."""
    with dump.open("rb") as file:
        return dump.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: IO[bytes], target: IO[bytes], most: int) -> tuple[int, str]:
    """Stops soon after `most` bytes: what is longer than it says is no backup."""
    length, digest = 0, hashlib.sha256()
    while length <= most and (block := source.read(BLOCK)):
        target.write(block)
        digest.update(block)
        length += len(block)
    return length, digest.hexdigest()
