"""XML from strangers: no document types, no entities, no depth, every byte well-formed."""

from collections.abc import Iterable
from typing import NoReturn
from xml.parsers import expat

from loaders.problem import Problem, RefusedFile

ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"}


class Parser:
    """An expat parser that refuses what no spreadsheet program writes.

    Handlers for what it does hold are set on `expat`.
    """

    def __init__(self, file: str, part: str) -> None:
        self.file = file
        self.part = part
        self.expat = expat.ParserCreate()
        self.expat.buffer_text = True
        self.expat.StartDoctypeDeclHandler = self._doctype
        self.expat.XmlDeclHandler = self._declaration

    def feed(self, chunk: bytes) -> None:
        """Parse a piece. Raises RefusedFile where it is not well-formed."""
        self._parse(chunk, False)

    def close(self) -> None:
        """Say that nothing follows. Raises RefusedFile where something is missing."""
        self._parse(b"", True)

    def refuse(self, code: str, **facts: object) -> NoReturn:
        """Raise RefusedFile with one problem of this part."""
        told = tuple((key, str(value)) for key, value in {"part": self.part, **facts}.items())
        raise RefusedFile([Problem(code=code, file=self.file, facts=told)])

    def _parse(self, chunk: bytes, last: bool) -> None:
        try:
            self.expat.Parse(chunk, last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            self.refuse("NOT_READABLE", detail="xml", reason=error)

    def _doctype(self, *_: object) -> None:
        self.refuse("XML_FORBIDDEN")

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        # Readers that ignore a declared encoding would show other characters than this parser.
        if encoding is not None and encoding.casefold() not in ENCODINGS:
            self.refuse("NOT_READABLE", detail="xml_encoding", encoding=encoding)


Element = tuple[str, dict[str, str]]


def elements(file: str, part: str, content: Iterable[bytes], depth: int) -> list[Element]:
    """Every element of a small part in document order, as (local name, attributes).

    Attribute names lose their prefix, too.
    """
    parser = Parser(file, part)
    found: list[Element] = []
    open_now = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_now
        open_now += 1
        if open_now > depth:
            parser.refuse("NOT_READABLE", detail="xml_depth", limit=depth)
        found.append((local(name), {local(key): value for key, value in attributes.items()}))

    def end(_: str) -> None:
        nonlocal open_now
        open_now -= 1

    parser.expat.StartElementHandler = start
    parser.expat.EndElementHandler = end
    _feed_all(parser, content)
    return found


def check(file: str, part: str, content: Iterable[bytes]) -> None:
    """Raise RefusedFile unless a part is well-formed and declares no document type."""
    _feed_all(Parser(file, part), content)


def local(name: str) -> str:
    """`name` without its namespace prefix."""
    return name.rpartition(":")[2]


def _feed_all(parser: Parser, content: Iterable[bytes]) -> None:
    for chunk in content:
        parser.feed(chunk)
    parser.close()
