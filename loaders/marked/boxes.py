"""The boxes in which a spreadsheet program shows the notes of a sheet: a drawing in VML."""

import re
from collections.abc import Iterable, Mapping

from loaders.marked.notes import Place
from loaders.marked.outline import Node, Outline, Unusual

NO_BOXES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
)
_SHAPE_TYPE = (
    '<{v}shapetype id="_x0000_t202" coordsize="21600,21600" {o}spt="202" '
    'path="m,l,21600r21600,l21600,xe"><{v}stroke joinstyle="miter"/>'
    '<{v}path gradientshapeok="t" {o}connecttype="rect"/></{v}shapetype>'
)
_SHAPE = (
    '<{v}shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;'
    'margin-top:2pt;width:240pt;height:90pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
    '{o}insetmode="auto"><{v}fill color2="#ffffe1"/><{v}shadow on="t" color="black" obscured="t"/>'
    '<{v}path {o}connecttype="none"/><{v}textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></{v}textbox><{x}ClientData ObjectType="Note">'
    "<{x}MoveWithCells/><{x}SizeWithCells/><{x}Anchor>{left}, 15, {top}, 2, {right}, 15, "
    "{bottom}, 4</{x}Anchor><{x}AutoFill>False</{x}AutoFill><{x}Row>{row}</{x}Row>"
    "<{x}Column>{column}</{x}Column></{x}ClientData></{v}shape>"
)
_SPACES = {
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "x": "urn:schemas-microsoft-com:office:excel",
}
_WIDE, _HIGH = 4, 6
"""Columns and rows that a box covers."""
_ID = re.compile(r"_x0000_s(\d+)")
_FIRST = 1025


def boxes(content: bytes, *, gone: Iterable[Place], new: Iterable[Place]) -> bytes:
    """The drawing without the boxes of some notes, and with those of others."""
    part = Outline(content, depth=8)
    prefixes = _prefixes(part.root)
    shapes = list(part.root.below("shape"))
    left_out = set(gone)
    for shape in shapes:
        if _place(shape) in left_out:
            part.replace(shape, b"")
    names = [shape.get(key) or "" for shape in shapes for key in ("id", "spid")]
    last = max((int(one[1]) for one in map(_ID.fullmatch, names) if one), default=_FIRST - 1)
    types = {node.get("id") for node in part.root.below("shapetype")}
    markup = [] if "_x0000_t202" in types else [_SHAPE_TYPE.format_map(prefixes)]
    markup += [_shape(prefixes, last + number, place) for number, place in enumerate(new, 1)]
    part.append(part.root, "".join(markup))
    return part.changed()


def _prefixes(root: Node) -> dict[str, str]:
    """What the drawing calls the name spaces: v, o and x as a rule."""
    known = {value: name for name, value in root.attributes.items() if name.startswith("xmlns")}
    if not known.keys() >= set(_SPACES.values()):
        raise Unusual("the drawing of the notes is put together in an unknown way")
    names = {key: known[space].partition(":")[2] for key, space in _SPACES.items()}
    return {key: f"{name}:" if name else "" for key, name in names.items()}


def _shape(prefixes: Mapping[str, str], number: int, place: Place) -> str:
    row, column = place
    top = max(row - 2, 0)
    return _SHAPE.format(
        **prefixes,
        id=number,
        left=column + 1,
        right=column + 1 + _WIDE,
        top=top,
        bottom=top + _HIGH,
        row=row - 1,
        column=column,
    )


def _place(shape: Node) -> Place | None:
    """The cell whose note a box shows; None for a button or a picture."""
    data = shape.first("ClientData")
    row, column = (data.first(name) if data else None for name in ("Row", "Column"))
    if row is None or column is None:
        return None
    return int(row.text) + 1, int(column.text)
