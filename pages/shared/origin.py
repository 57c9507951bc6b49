"""Origin: where a figure was read, as file, sheet and row."""

from kpi.source import Source
from pages.shared.markup import safe
from pages.shared.words import text


def place(source: Source) -> str:
    """File, sheet and row in one line of text."""
    return text(
        "{file}, sheet {sheet}, row {row}", file=source.file, sheet=source.sheet, row=source.row
    )


def cell(source: Source) -> str:
    """The same for a table, as HTML: the file above, sheet and row beneath."""
    beneath = text("{sheet}, row {row}", sheet=source.sheet, row=source.row)
    return f'<span class="heng-origin">{safe(source.file)}<small>{safe(beneath)}</small></span>'
