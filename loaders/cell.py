"""What a cell reads as, and where it stands as Excel shows it."""

from datetime import date, datetime, time

from loaders.reader import Cell


def cell_text(cell: Cell) -> str:
    """The cell as one would type it: 12 for 12.0, 2026-03-31 for a date, nothing for a blank."""
    match cell:
        case None:
            return ""
        case str():
            return cell.strip()
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(sep=" ")
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def is_blank(cell: Cell) -> bool:
    """Whether nothing can be seen in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def column_letter(position: int) -> str:
    """The letter over a column that counts from 0: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_position(letter: str) -> int:
    """The place, from 0, of the column with this letter. Raises ValueError."""
    position = 0
    for sign in letter.upper():
        if not "A" <= sign <= "Z":
            raise ValueError(f"{letter!r} is not a column letter")
        position = position * 26 + ord(sign) - 64
    if position == 0:
        raise ValueError("a column letter is missing")
    return position - 1
