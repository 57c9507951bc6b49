"""A package on its way into another: parts are changed or added, all others are carried over."""

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from itertools import count

from loaders.marked.links import STRICT, TRANSITIONAL, ContentTypes, Links
from loaders.marked.outline import LARGEST, Outline, Unusual
from loaders.package import Package

TYPES = "[Content_Types].xml"
_HUGE = 1 << 30


class Parts:
    """Reads from a package and writes to a zip. Raises Unusual for parts it cannot handle."""

    def __init__(self, package: Package, target: zipfile.ZipFile) -> None:
        self._package = package
        self._target = target
        self._written: set[str] = set()
        self._types = ContentTypes(self.read(TYPES) or b"")
        main = Links("", self.read("_rels/.rels")).kind("officeDocument") or "xl/workbook.xml"
        self.main = package.find(main) or main
        """The part that lists the sheets."""
        spoken = Outline(self.read(self.main) or b"", depth=1).root.attributes.values()
        self.dialect = STRICT if STRICT.main in spoken else TRANSITIONAL

    def read(self, member: str | None) -> bytes | None:
        """A part, whole, as it came; None where there is none."""
        there = self._package.find(member) if member else None
        if there is None:
            return None
        if self._package.members[there].file_size > LARGEST:
            raise Unusual(f"{there} is too large")
        return b"".join(self._package.chunks(there))

    def chunks(self, member: str) -> Iterator[bytes]:
        """A part piece by piece."""
        return self._package.chunks(member)

    def inside(self, folders: tuple[str, ...]) -> list[str]:
        """The parts in folders of these names."""
        names = self._package.members
        return [one for one in names if posixpath.basename(posixpath.dirname(one)) in folders]

    def new(self, name: str, kind: str) -> str:
        """Where a part of the given type is to be added, beside the main one."""
        stem, ending = posixpath.splitext(posixpath.join(posixpath.dirname(self.main), name))
        taken = {one.casefold() for one in (*self._written, *self._package.members)}
        tried = (f"{stem}{number or ''}{ending}" for number in count())
        member = next(one for one in tried if one.casefold() not in taken)
        self._types.add(member, kind)
        return member

    def put(self, member: str, content: bytes) -> None:
        """Write a part, new or changed."""
        self.stream(self._package.find(member) or member, [content])

    def stream(self, member: str, chunks: Iterable[bytes]) -> None:
        """Write a part piece by piece."""
        known = self._package.members.get(member)
        huge = known is not None and known.file_size > _HUGE
        with self._target.open(member, "w", force_zip64=huge) as stream:
            for chunk in chunks:
                stream.write(chunk)
        self._written.add(member)

    def finish(self) -> None:
        """Write what the parts are, and carry over all that were not written."""
        self.put(TYPES, self._types.changed())
        for member in self._package.members:
            if member not in self._written and not member.endswith("/"):
                self.stream(member, self._package.chunks(member))
