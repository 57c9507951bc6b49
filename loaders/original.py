"""Originals: every loaded workbook is kept, under its hash, before its rows are."""

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from data.home import Home

_PIECE = 1 << 20


class ChangedFile(Exception):
    """The file is no longer the one that was read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path.name} changed after it was read; nothing was loaded.")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def keep_original(home: Home, path: Path, sha256: str) -> Path:
    """Copy the file into the home and see it onto the disk. Raises ChangedFile.

    A file that is there already, whole, is left as it is.
    """
    kept = home.original(sha256)
    if kept.is_file() and sha256_of(kept) == sha256:
        return kept
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = kept.with_name(f"{kept.name}.{os.getpid()}.partial")
    digest = hashlib.sha256()
    try:
        with path.open("rb") as source, _private(partial) as target:
            while piece := source.read(_PIECE):
                digest.update(piece)
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        if digest.hexdigest() != sha256:
            raise ChangedFile(path)
        partial.replace(kept)
    finally:
        partial.unlink(missing_ok=True)
    _sync_folder(kept.parent)
    _sync_folder(home.originals)
    return kept


def _private(path: Path) -> BinaryIO:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
