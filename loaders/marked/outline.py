"""A small XML part as a tree that knows its bytes, so that it can be changed in place.

What is not changed stays as it is, byte for byte: prefixes, extensions and whatever else a
program wrote that this one knows nothing of.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from loaders.limits import MIB

LARGEST = 32 * MIB
"""Bytes of a part that is held in memory as a tree."""
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ATTRIBUTES = rb"""(?:[^>"'/]|"[^"]*"|'[^']*')*"""
"""What may stand between an element's name and the end of its tag."""

_TAG = re.compile(rb"<[^\s/>]+" + ATTRIBUTES + rb"/?>")
_DECLARATION = re.compile(rb"^\s*<\?xml[^>]*\?>\s*")


class Unusual(Exception):
    """A workbook is put together in a way that is not changed in place."""


@dataclass(slots=True, kw_only=True)
class Node:
    """An element; offsets are into the part's content."""

    name: str
    """Without prefix."""
    attributes: Mapping[str, str]
    """By the name as written."""
    start: int
    inside: int = 0
    """Behind the start tag."""
    close: int = 0
    """Before the end tag; `inside` where there is none."""
    end: int = 0
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, name: str) -> list["Node"]:
        """The children of this name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> "Node | None":
        """The first child of this name."""
        return next((child for child in self.children if child.name == name), None)

    def below(self, name: str) -> Iterator["Node"]:
        """Every descendant of this name, in document order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.below(name)

    def get(self, name: str) -> str | None:
        """An attribute by its name without prefix."""
        found = (value for key, value in self.attributes.items() if local(key) == name)
        return next(found, None)


class Outline:
    """A part and the changes to be made to it. Raises Unusual for a part it cannot hold."""

    def __init__(self, content: bytes, *, depth: int = 64) -> None:
        """Elements nested deeper than `depth` are not looked at."""
        if len(content) > LARGEST:
            raise Unusual("a part is too large")
        self.content = HEAD + _DECLARATION.sub(b"", _utf8(content))
        self._edits: list[tuple[int, int, bytes]] = []
        self.root = self._parse(depth)
        tag = self.content[self.root.start + 1 : self.root.inside]
        prefix, colon, _ = re.split(rb"[\s/>]", tag, maxsplit=1)[0].rpartition(b":")
        self.prefix = (prefix + colon).decode("ascii", "replace")
        """The root's prefix with its colon, or nothing; new elements carry it, too."""

    def insert(self, offset: int, markup: str) -> None:
        """Put markup before the byte at `offset`; what is put there later comes later."""
        self._edits.append((offset, offset, ascii_bytes(markup)))

    def append(self, node: Node, markup: str, **attributes: object) -> None:
        """Put markup behind the node's last child, and give it attributes; once for a node."""
        tag = with_attributes(self.content[node.start : node.inside], attributes)
        if node.end == node.inside:
            name = re.split(rb"[\s/>]", tag[1:], maxsplit=1)[0]
            opened = tag[:-2].rstrip() + b">" + ascii_bytes(markup) + b"</" + name + b">"
            self._edits.append((node.start, node.end, opened))
        else:
            self._edits.append((node.start, node.inside, tag))
            self.insert(node.close, markup)

    def replace(self, node: Node, markup: bytes) -> None:
        """Put markup in the place of the node; nothing leaves it out."""
        self._edits.append((node.start, node.end, markup))

    def set(self, node: Node, **attributes: object) -> None:
        """Give an element attributes, once; those it has of the same name are replaced."""
        tag = self.content[node.start : node.inside]
        self._edits.append((node.start, node.inside, with_attributes(tag, attributes)))

    def raw(self, node: Node) -> bytes:
        """The element as it is written."""
        return self.content[node.start : node.end]

    def changed(self) -> bytes:
        """The content with the changes made."""
        pieces: list[bytes] = []
        done = 0
        for start, end, new in sorted(self._edits, key=lambda edit: edit[0]):
            pieces += [self.content[done:start], new]
            done = max(done, end)
        return b"".join([*pieces, self.content[done:]])

    def _parse(self, depth: int) -> Node:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        top = Node(name="", attributes={}, start=0)
        path: list[Node] = [top]
        skipped = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal skipped
            if skipped or len(path) > depth:
                skipped += 1
                return
            offset = parser.CurrentByteIndex
            tag = _TAG.match(self.content, offset)
            if tag is None:
                raise Unusual("a tag is written in an unknown way")
            node = Node(name=local(name), attributes=attributes, start=offset, inside=tag.end())
            path[-1].children.append(node)
            path.append(node)

        def end(_: str) -> None:
            nonlocal skipped
            if skipped:
                skipped -= 1
                return
            node = path.pop()
            if self.content[node.inside - 2 : node.inside] == b"/>":
                node.close = node.end = node.inside
            else:
                node.close = parser.CurrentByteIndex
                node.end = self.content.index(b">", node.close) + 1

        def text(data: str) -> None:
            if not skipped:
                path[-1].text += data

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        try:
            parser.Parse(self.content, True)
        except expat.ExpatError as error:
            raise Unusual(f"a part is not well-formed: {error}") from error
        return top.children[0]


def local(name: str) -> str:
    """`name` without its prefix."""
    return name.rpartition(":")[2]


def with_attributes(tag: bytes, attributes: Mapping[str, object]) -> bytes:
    """A start tag with attributes added or replaced; None removes one."""
    for name, value in attributes.items():
        known = re.compile(rb"\s" + name.encode() + rb"""\s*=\s*("[^"]*"|'[^']*')""")
        tag = known.sub(b"", tag, 1)
        if value is not None:
            end = len(tag) - (2 if tag.endswith(b"/>") else 1)
            tag = tag[:end].rstrip() + f" {name}={quoteattr(str(value))}".encode() + tag[end:]
    return tag


def ascii_bytes(markup: str) -> bytes:
    """Markup in whatever encoding the part may be: other characters are written as numbers."""
    return markup.encode("ascii", "xmlcharrefreplace")


def _utf8(content: bytes) -> bytes:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16").encode()
    return content.removeprefix(b"\xef\xbb\xbf")
