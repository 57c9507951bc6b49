"""The zip a workbook is: its members are counted and measured before anything is unpacked."""

import re
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from loaders import progress
from loaders.limits import Limits
from loaders.problem import Problem, RefusedFile, shown

CHUNK = 1 << 19
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
"""What a broken zip makes its reader raise."""
SIGNATURE = b"PK\x03\x04"


class Package:
    """An opened zip whose directory has passed every check; members come out in chunks.

    A member that turns out longer or other than its directory says is refused while it is read.
    """

    def __init__(self, path: Path, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self._file = path.open("rb")
        try:
            self._zip = self._open()
            infos = self._zip.infolist()
            self._check_directory(infos)
        except RefusedFile:
            self._file.close()
            raise
        self.members = {info.filename: info for info in infos}
        self._done, self._size = 0, sum(info.file_size for info in infos) or 1

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()
        # A member that was refused half-way still holds the zip open.
        self._file.close()

    def refuse(self, code: str, **facts: object) -> NoReturn:
        """Raise RefusedFile with one problem of the whole file."""
        told = tuple((key, str(value)) for key, value in facts.items())
        raise RefusedFile([Problem(code=code, file=self.name, facts=told)])

    def chunks(self, member: str) -> Iterator[bytes]:
        """The content of `member`, unpacked piece by piece within the limits."""
        info = self.members[member]
        total = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    total += len(chunk)
                    self._check_size(member, total, info.compress_size)
                    self._done += len(chunk)
                    progress.report(self._done / self._size)
                    yield chunk
        except DAMAGE as error:
            self.refuse("NOT_READABLE", detail="member", part=member, reason=error)
        if total != info.file_size:
            self.refuse("NOT_READABLE", detail="member_short", part=member)

    def find(self, part: str) -> str | None:
        """The member that holds `part`; part names do not distinguish case."""
        wanted = part.lstrip("/").casefold()
        return next((name for name in self.members if name.casefold() == wanted), None)

    def _open(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self._file)
        except DAMAGE as error:
            self.refuse("NOT_READABLE", detail="directory", reason=error)

    def _check_directory(self, infos: Sequence[zipfile.ZipInfo]) -> None:
        limits = self.limits
        if len(infos) > limits.parts:
            self.refuse("TOO_MANY_PARTS", count=len(infos), limit=limits.parts)
        if any(info.flag_bits & 1 for info in infos):
            self.refuse("PASSWORD_PROTECTED")
        if sum(info.file_size for info in infos) > limits.unpacked_bytes:
            self.refuse("ZIP_BOMB", detail="total_size", limit=limits.unpacked_bytes)
        if _overlap(infos):
            self.refuse("ZIP_BOMB", detail="overlap")
        for info in infos:
            self._check_size(info.filename, info.file_size, info.compress_size)
            if info.compress_size > info.file_size + (info.file_size >> 8) + 1024:
                # Deflate makes nothing that much longer.
                self.refuse("ZIP_BOMB", detail="size_lie", part=info.filename)
            if _unsafe(info):
                self.refuse("BAD_PACKAGE", detail="member_name", part=shown(info.orig_filename))
        names = Counter(info.filename.casefold() for info in infos)
        if twice := [name for name, times in names.items() if times > 1]:
            self.refuse("BAD_PACKAGE", detail="member_twice", part=shown(twice[0]))

    def _check_size(self, member: str, unpacked: int, packed: int) -> None:
        limits = self.limits
        if unpacked > limits.part_bytes:
            self.refuse("ZIP_BOMB", detail="part_size", part=member, limit=limits.part_bytes)
        if unpacked > limits.ratio_from_bytes and unpacked > limits.ratio * max(packed, 1):
            self.refuse("ZIP_BOMB", detail="part_ratio", part=member, limit=limits.ratio)


def _overlap(infos: Sequence[zipfile.ZipInfo]) -> bool:
    spans = sorted((info.header_offset, info.compress_size) for info in infos)
    return any(
        start + 30 + packed > after
        for (start, packed), (after, _) in zip(spans, spans[1:], strict=False)
    )


def _unsafe(info: zipfile.ZipInfo) -> bool:
    # ZipFile replaces backslashes only on Windows, and cuts names at NUL.
    name = info.orig_filename
    steps = re.split(r"[/\\]", name)
    return (
        name.startswith(("/", "\\"))
        or ".." in steps
        or ":" in name
        or "\0" in name
        or stat.S_ISLNK(info.external_attr >> 16)
    )
