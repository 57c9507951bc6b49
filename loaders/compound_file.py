"""The compound file (OLE) that an .xls workbook, or an encrypted .xlsx, is stored in."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not places."""
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_UNICODE = "utf-16-le"


class BrokenCompoundFile(Exception):
    """Its sectors do not form whole streams."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file by name; loops and gaps raise BrokenCompoundFile."""

    def __init__(self, data: bytes) -> None:
        try:
            self._read_header(data)
        except (struct.error, IndexError) as error:
            raise BrokenCompoundFile from error

    @property
    def names(self) -> list[str]:
        """The names of all streams and storages."""
        return list(self._entries)

    def stream(self, name: str) -> bytes:
        """The content of the stream `name`. Raises KeyError where there is none."""
        entry = self._entries[name]
        if entry.size >= self._cutoff:
            content = b"".join(self._sectors(entry.start))
        else:
            content = b"".join(self._mini_sectors(entry.start))
        if len(content) < entry.size:
            raise BrokenCompoundFile
        return content[: entry.size]

    def _read_header(self, data: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise BrokenCompoundFile
        self._data, self._size = data, 1 << shift
        directory, _, self._cutoff, mini_fat = struct.unpack_from("<IIII", data, 48)
        self._fat = self._read_fat(*struct.unpack_from("<II", data, 68))
        self._entries = {entry.name: entry for entry in self._read_entries(directory)}
        root = next((e for e in self._entries.values() if e.kind == _ROOT), None)
        if root is None:
            raise BrokenCompoundFile
        self._mini_fat = _numbers(b"".join(self._sectors(mini_fat))) if mini_fat < _END else []
        self._mini = b"".join(self._sectors(root.start)) if root.start < _END else b""

    def _read_fat(self, next_list: int, lists: int) -> list[int]:
        places = list(struct.unpack_from("<109I", self._data, 76))
        for _ in range(min(lists, len(self._data) // self._size + 1)):
            *more, next_list = _numbers(self._sector(next_list))
            places += more
        fat: list[int] = []
        for place in places:
            if place < _END:
                fat += _numbers(self._sector(place))
        return fat

    def _read_entries(self, start: int) -> Iterator[_Entry]:
        directory = b"".join(self._sectors(start))
        for offset in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", directory, offset + 64)
            if kind:
                first, size = struct.unpack_from("<II", directory, offset + 116)
                raw = directory[offset : offset + max(0, min(length, 64) - 2)]
                yield _Entry(raw.decode(_UNICODE, "replace"), kind, first, size)

    def _sectors(self, number: int) -> Iterator[bytes]:
        for _ in range(len(self._fat) + 1):
            if number >= _END:
                return
            yield self._sector(number)
            number = self._next(self._fat, number)
        raise BrokenCompoundFile

    def _mini_sectors(self, number: int) -> Iterator[bytes]:
        for _ in range(len(self._mini_fat) + 1):
            if number >= _END:
                return
            yield self._mini[number * 64 : number * 64 + 64]
            number = self._next(self._mini_fat, number)
        raise BrokenCompoundFile

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise BrokenCompoundFile
        # The last sector of a file may be cut short.
        return self._data[start : start + self._size].ljust(self._size, b"\0")

    def _next(self, fat: list[int], number: int) -> int:
        if number >= len(fat):
            raise BrokenCompoundFile
        return fat[number]


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content))
