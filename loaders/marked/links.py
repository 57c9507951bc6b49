"""What the parts of a package are and how they refer to each other: its lists of both."""

import posixpath
from dataclasses import dataclass

from loaders.marked.outline import Outline
from loaders.marked.xml_text import xml_text

NO_LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "</Relationships>"
)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The two sets of names that workbooks are written with."""

    main: str
    links: str


TRANSITIONAL = Dialect(
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = Dialect(
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)


def links_member(member: str) -> str:
    """The member that lists what a part refers to."""
    folder, name = posixpath.split(member)
    return posixpath.join(folder, "_rels", f"{name}.rels")


class Links:
    """What one part refers to."""

    def __init__(self, member: str, content: bytes | None) -> None:
        self._folder = posixpath.dirname(member)
        self._part = Outline(content or NO_LINKS.encode(), depth=2)
        self._known = {node.get("Id") or "": node for node in self._part.root.children}
        self._more: list[str] = []

    def kind(self, kind: str) -> str | None:
        """The part of a kind, the last word of its type, that is referred to first."""
        found = (
            name
            for name, node in self._known.items()
            if (node.get("Type") or "").rpartition("/")[2] == kind
        )
        return next((target for name in found if (target := self.target(name))), None)

    def target(self, name: str) -> str | None:
        """The part that an id stands for; None for what is outside the package."""
        node = self._known.get(name)
        if node is None or node.get("TargetMode") == "External":
            return None
        target = posixpath.normpath(posixpath.join("/", self._folder, node.get("Target") or ""))
        return target.lstrip("/")

    def free(self) -> str:
        """The id that what is added next will have."""
        number = len(self._known) + len(self._more) + 1
        while f"rIdHeng{number}" in self._known:
            number += 1
        return f"rIdHeng{number}"

    def add(self, kind: str, member: str, dialect: Dialect) -> str:
        """Refer to a part; the answer is its id."""
        name = self.free()
        p = self._part.prefix
        self._more.append(
            f'<{p}Relationship Id="{name}" Type="{dialect.links}/{kind}" '
            f'Target="/{xml_text(member)}"/>'
        )
        return name

    def changed(self) -> bytes:
        """The list with what was added."""
        if self._more:
            self._part.append(self._part.root, "".join(self._more))
        return self._part.changed()


class ContentTypes:
    """What every part of a package is."""

    def __init__(self, content: bytes) -> None:
        self._part = Outline(content, depth=2)
        self._endings = {
            (node.get("Extension") or "").casefold() for node in self._part.root.all("Default")
        }
        self._parts = {
            (node.get("PartName") or "").casefold() for node in self._part.root.all("Override")
        }
        self._more: list[str] = []

    def add(self, member: str, kind: str) -> None:
        """Say what a part is, unless it is said already."""
        if f"/{member}".casefold() not in self._parts:
            p = self._part.prefix
            self._more.append(
                f'<{p}Override PartName="/{xml_text(member)}" ContentType="application/{kind}"/>'
            )

    def changed(self) -> bytes:
        """The list with what was added."""
        if self._more:
            self._part.append(self._part.root, "".join(self._more))
        return self._part.changed()
