"""The list of a workbook's sheets, and the sheet of problems that comes in front of them."""

from loaders.marked.links import Links, links_member
from loaders.marked.listing import free_name
from loaders.marked.outline import Outline, Unusual
from loaders.marked.parts import Parts
from loaders.marked.xml_text import xml_text

_NAME = "_heng_problems"
"""The hidden name by which the sheet of problems is found when a workbook is marked again."""
_BEFORE_NAMES = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "AlternateContent",
    "revisionPtr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
)
"""What comes before the names in the main part of a workbook."""


class SheetList:
    """The main part of a workbook."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._part = Outline(parts.read(parts.main) or b"", depth=4)
        self.links = Links(parts.main, parts.read(links_member(parts.main)))
        sheets = self._part.root.first("sheets")
        if sheets is None:
            raise Unusual("the workbook lists no sheets")
        self._inside = sheets.inside
        self._sheets = sheets.all("sheet")
        self._names = [sheet.get("name") or "" for sheet in self._sheets]
        self.problems = self._earlier()
        """The name of the sheet of problems of an earlier marking."""

    def show(self, sheet: str) -> None:
        """Have the workbook open on that sheet."""
        self._open_on(self._names.index(sheet))

    def add(self, wanted: str, member: str) -> None:
        """Put a part in front of all sheets, as the sheet of problems."""
        link = self.links.add("worksheet", member, self._parts.dialect)
        name = free_name(wanted, self._names)
        number = max((int(one.get("sheetId") or 0) for one in self._sheets), default=0) + 1
        self._part.insert(
            self._inside,
            f'<{self._part.prefix}sheet xmlns:r="{self._parts.dialect.links}" '
            f'name="{xml_text(name)}" sheetId="{number}" r:id="{link}"/>',
        )
        self._open_on(0)
        self._remember(name)

    def put(self) -> None:
        """Write the part and what it refers to."""
        self._parts.put(self._parts.main, self._part.changed())
        self._parts.put(links_member(self._parts.main), self.links.changed())

    def _earlier(self) -> str | None:
        for name in self._part.root.below("definedName"):
            sheet = name.text.rpartition("!")[0].strip("'").replace("''", "'")
            if name.get("name") == _NAME and sheet in self._names:
                return sheet
        return None

    def _open_on(self, place: int) -> None:
        for view in self._part.root.below("workbookView"):
            self._part.set(view, activeTab=place, firstSheet=None)

    def _remember(self, sheet: str) -> None:
        """Give the sheet its name; names that belong to a sheet move along with it."""
        p = self._part.prefix
        quoted = sheet.replace("'", "''")
        place = xml_text(f"'{quoted}'!$A$1")
        name = f'<{p}definedName name="{_NAME}" hidden="1">{place}</{p}definedName>'
        known = self._part.root.first("definedNames")
        if known is None:
            before = [one for one in self._part.root.children if one.name in _BEFORE_NAMES]
            self._part.insert(before[-1].end, f"<{p}definedNames>{name}</{p}definedNames>")
            return
        for one in known.all("definedName"):
            if one.get("name") == _NAME:
                self._part.replace(one, b"")
            elif (position := one.get("localSheetId")) is not None:
                self._part.set(one, localSheetId=int(position) + 1)
        self._part.append(known, name)
