"""The cell styles of a workbook, and those a marked workbook adds to them."""

from typing import Literal

from loaders.marked.outline import Node, Outline, Unusual, with_attributes

Mark = Literal["error", "warning", "none"]
"""How a cell is coloured; `none` takes the colour away again."""
Look = Literal["title", "file", "text", "head", "link", "error", "warning"]
"""How a cell of the list of problems is written."""

COLOURS: dict[Mark, str] = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
HEAD_COLOUR = "FFE8EEF4"
_ORDER = (
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "tableStyles",
    "colors",
    "extLst",
)
_FONTS = {
    "title": '<{p}b/><{p}sz val="14"/>',
    "bold": '<{p}b/><{p}sz val="11"/>',
    "link": '<{p}u/><{p}sz val="11"/><{p}color rgb="FF0563C1"/>',
    "plain": '<{p}sz val="11"/>',
}
_LOOKS: dict[Look, tuple[str, str]] = {
    "title": ("title", "none"),
    "file": ("bold", "none"),
    "text": ("plain", "none"),
    "head": ("bold", "head"),
    "link": ("link", "none"),
    "error": ("plain", "error"),
    "warning": ("plain", "warning"),
}
_UNWRAPPED: tuple[Look, ...] = ("title", "file")
_DEFAULTS = {
    "fonts": '<{p}fonts count="1"><{p}font><{p}sz val="11"/><{p}name val="Calibri"/></{p}font>'
    "</{p}fonts>",
    "fills": '<{p}fills count="0"></{p}fills>',
    "borders": '<{p}borders count="1"><{p}border><{p}left/><{p}right/><{p}top/><{p}bottom/>'
    "<{p}diagonal/></{p}border></{p}borders>",
    "cellStyleXfs": '<{p}cellStyleXfs count="1"><{p}xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0"/></{p}cellStyleXfs>',
    "cellXfs": '<{p}cellXfs count="1"><{p}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    "</{p}cellXfs>",
    "cellStyles": '<{p}cellStyles count="1"><{p}cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</{p}cellStyles>",
}
_RESERVED = ("none", "gray125")
"""What the first two fills are, whatever the part says."""


NO_STYLES = '<styleSheet xmlns="{main}"></styleSheet>'
"""The part of a workbook that has none."""


class Styles:
    """Hands out style numbers; `changed` is the part with all that were asked for."""

    def __init__(self, content: bytes) -> None:
        self._part = Outline(_completed(content), depth=4)
        self._fonts = self._there("fonts")
        self._fills = self._there("fills")
        self._formats = self._there("cellXfs")
        self._base = self._formats.all("xf")
        if not self._base:
            raise Unusual("there is no cell style")
        self._added: list[bytes] = []
        self._known: dict[tuple[int | str, str], int] = {}
        fills = max(len(self._fills.all("fill")), len(_RESERVED))
        self._fill_ids = {"none": 0, "error": fills, "warning": fills + 1, "head": fills + 2}
        first = len(self._fonts.all("font"))
        self._font_ids = {name: first + place for place, name in enumerate(_FONTS)}

    def marked(self, base: int, mark: Mark) -> int:
        """The style that is like `base` but coloured, or without colour."""
        if not 0 <= base < len(self._base):
            base = 0
        if (base, mark) not in self._known:
            written = self._part.raw(self._base[base])
            end = self._base[base].inside - self._base[base].start
            fill = {"fillId": self._fill_ids[mark], "applyFill": int(mark != "none")}
            tag = with_attributes(written[:end], fill)
            self._known[base, mark] = self._add(tag + written[end:])
        return self._known[base, mark]

    def look(self, look: Look) -> int:
        """The style of a cell of the list: text, whatever it begins with."""
        if (look, "") not in self._known:
            font, fill = _LOOKS[look]
            p = self._part.prefix
            wrap = "" if look in _UNWRAPPED else ' wrapText="1"'
            markup = (
                f'<{p}xf numFmtId="49" fontId="{self._font_ids[font]}" '
                f'fillId="{self._fill_ids[fill]}" borderId="0" quotePrefix="1" '
                'applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
                f'<{p}alignment vertical="top"{wrap}/></{p}xf>'
            )
            self._known[look, ""] = self._add(markup.encode())
        return self._known[look, ""]

    def changed(self) -> bytes:
        """The part with the new styles."""
        p = self._part.prefix
        fonts = [
            f'<{p}font>{inside.format(p=p)}<{p}name val="Calibri"/></{p}font>'
            for inside in _FONTS.values()
        ]
        fills = [
            f'<{p}fill><{p}patternFill patternType="{name}"/></{p}fill>'
            for name in _RESERVED[len(self._fills.all("fill")) :]
        ]
        fills += [
            f'<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="{colour}"/>'
            f'<{p}bgColor indexed="64"/></{p}patternFill></{p}fill>'
            for colour in (*COLOURS.values(), HEAD_COLOUR)
        ]
        self._grow(self._fonts, "font", fonts)
        self._grow(self._fills, "fill", fills)
        self._grow(self._formats, "xf", [xf.decode() for xf in self._added])
        return self._part.changed()

    def _add(self, xf: bytes) -> int:
        self._added.append(xf)
        return len(self._base) + len(self._added) - 1

    def _grow(self, node: Node, name: str, more: list[str]) -> None:
        count = len(node.all(name)) + len(more)
        self._part.append(node, "".join(more), count=count)

    def _there(self, name: str) -> Node:
        return next(self._part.root.below(name))


def _completed(content: bytes) -> bytes:
    """The part with the lists it lacks, each in its place."""
    part = Outline(content, depth=2)
    p = part.prefix
    for name, markup in _DEFAULTS.items():
        if part.root.first(name) is None:
            rank = _ORDER.index(name)
            after = [one for one in part.root.children if one.name in _ORDER[:rank]]
            part.insert(after[-1].end if after else part.root.inside, markup.format(p=p))
    return part.changed()
