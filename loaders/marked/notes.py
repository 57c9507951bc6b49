"""Notes on the cells of a sheet: the words of each.

Notes of the user's stay; on a faulty cell ours follows theirs. Ours begin with MARK, so that a
workbook that is marked again loses those of before.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from loaders.heading import index_of, letter
from loaders.marked.outline import Node, Outline, Unusual, ascii_bytes
from loaders.marked.xml_text import xml_text

MARK = "衡 Heng"
"""What everything begins with that a marked workbook says."""
NO_NOTES = '<comments xmlns="{main}"><authors></authors><commentList></commentList></comments>'
Place = tuple[int, int]
"""Row, as Excel counts, and column index."""

_OURS = re.compile(rf"^{MARK}\s*$", re.MULTILINE)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)


class Notes:
    """The notes of one sheet."""

    def __init__(self, content: bytes) -> None:
        self._part = Outline(content, depth=6)
        authors, listed = map(self._part.root.first, ("authors", "commentList"))
        if authors is None or listed is None:
            raise Unusual("the notes are put together in an unknown way")
        self._authors, self._list = authors, listed
        self._notes = {_place(note): note for note in listed.all("comment")}

    @property
    def places(self) -> frozenset[Place]:
        """Every cell with a note."""
        return frozenset(self._notes)

    @property
    def ours(self) -> frozenset[Place]:
        """The cells that were marked before."""
        return frozenset(place for place, note in self._notes.items() if _begin(note) is not None)

    def changed(self, words: Mapping[Place, str]) -> tuple[bytes, frozenset[Place]]:
        """The part with these notes of ours and no others, and the cells that have one now."""
        gone = set()
        for place in self.ours | (self.places & words.keys()):
            note = self._notes[place]
            theirs = self._theirs(note)
            if place in words or theirs:
                said = ascii_bytes(self._said(words.get(place), below=bool(theirs)))
                self._part.replace(*self._text(note, theirs + said))
            else:
                self._part.replace(note, b"")
                gone.add(place)
        self._add({place: said for place, said in words.items() if place not in self._notes})
        return self._part.changed(), (self.places | words.keys()) - gone

    def _add(self, words: Mapping[Place, str]) -> None:
        p = self._part.prefix
        author = len(self._authors.all("author"))
        self._part.append(self._authors, f"<{p}author>{xml_text(MARK)}</{p}author>")
        self._part.append(
            self._list,
            "".join(
                f'<{p}comment ref="{letter(column)}{row}" authorId="{author}"><{p}text>'
                f"{self._said(said, below=False)}</{p}text></{p}comment>"
                for (row, column), said in words.items()
            ),
        )

    def _theirs(self, note: Node) -> bytes:
        """The runs of a note before ours; a run that ours begins in is cut there."""
        p, begin, done = self._part.prefix, _begin(note), 0
        kept = []
        for run in _runs(note):
            if begin is not None and done + len(run.text) > begin:
                left = run.text[: max(begin - done, 0)].rstrip()
                kept += [ascii_bytes(self._run("", left))] if left else []
                break
            done += len(run.text)
            written = self._part.raw(run.node)
            plain = run.node.name == "t"
            kept.append(_wrapped(f"{p}r", written) if plain else written)
        return b"".join(kept)

    def _text(self, note: Node, runs: bytes) -> tuple[Node, bytes]:
        text = note.first("text")
        if text is None:
            raise Unusual("a note has no text")
        p = self._part.prefix
        return text, _wrapped(f"{p}text", runs)

    def _said(self, words: str | None, *, below: bool) -> str:
        if words is None:
            return ""
        p = self._part.prefix
        font = f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/>'
        bold = f"<{p}rPr><{p}b/>{font}</{p}rPr>"
        head = self._run(bold, "\n" * below + MARK)
        return head + self._run(f"<{p}rPr>{font}</{p}rPr>", f"\n{words}")

    def _run(self, look: str, text: str) -> str:
        p = self._part.prefix
        return f'<{p}r>{look}<{p}t xml:space="preserve">{xml_text(text)}</{p}t></{p}r>'


def _place(note: Node) -> Place:
    found = _REFERENCE.fullmatch((note.get("ref") or "").replace("$", ""))
    if found is None:
        raise Unusual("a note stands on no cell")
    return int(found[2]), index_of(found[1])


class _Run(NamedTuple):
    node: Node
    text: str


def _runs(note: Node) -> list[_Run]:
    """The pieces of a note's text, alike in look."""
    text = note.first("text")
    pieces = text.children if text else []
    found = [_Run(one, one.text) for one in pieces if one.name == "t"]
    return found + [
        _Run(one, "".join(part.text for part in one.all("t"))) for one in pieces if one.name == "r"
    ]


def _begin(note: Node) -> int | None:
    """Where ours begin in a note's text: programs split and join what they look alike."""
    found = _OURS.search("".join(run.text for run in _runs(note)))
    return found.start() if found else None


def _wrapped(tag: str, markup: bytes) -> bytes:
    return ascii_bytes(f"<{tag}>") + markup + ascii_bytes(f"</{tag}>")
