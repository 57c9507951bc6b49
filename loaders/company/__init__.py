"""A sample company as workbooks."""

from pathlib import Path

from loaders.company.workbooks import books
from loaders.company.writer import write as write_book


def write(folder: Path) -> list[Path]:
    """Write every workbook into `folder`, which is made if need be; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        write_book(folder / book.name, book.dataset, book.columns, book.rows, book.layout)
        for book in books()
    ]
