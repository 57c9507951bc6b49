"""Wide columns to rows: the twelve months of a row become twelve rows."""

import re
from collections.abc import Callable, Sequence
from fnmatch import translate

from loaders.grid import Filled, Grid, MissingHeaders
from loaders.heading import index_of, letter, normalise
from loaders.mapping import Unpivot
from loaders.raw import Cell

_RUN = re.compile(r"(.*?)(\d+)(\D*)\.\.(.*?)(\d+)(\D*)")
_LETTERS = re.compile(r"([A-Z]{1,3})\.\.([A-Z]{1,3})")

Group = tuple[str, dict[str, int]]
"""What the wide headers of one new row say, and where each of its values stands."""


def unpivoted(grid: Grid, unpivot: Unpivot, is_missing: Callable[[Cell], bool]) -> Grid:
    """A row for each group of wide columns, unless all its values are missing.

    Raises MissingHeaders where there is no such column.
    """
    groups = wide_groups(grid.texts, unpivot)
    if not groups:
        raise MissingHeaders([*unpivot.columns, *unpivot.values.values()])
    keep: list[int] = []
    names: list[Cell] = []
    values: dict[str, list[Cell]] = {name: [] for name in unpivot.made}
    letters: dict[str, list[str]] = {name: [] for name in unpivot.made}
    for index, row in enumerate(grid.rows):
        for name, places in groups:
            cells = {value: row[place] for value, place in places.items() if place < len(row)}
            if unpivot.keep_blank or not all(map(is_missing, cells.values())):
                keep.append(index)
                names.append(name)
                for value in unpivot.made:
                    values[value].append(cells.get(value))
                    letters[value].append(letter(places[value]) if value in places else "")
    first = next(iter(unpivot.made))
    columns = {unpivot.name: Filled(cells=names, header=unpivot.name, letters=letters[first])}
    for value in unpivot.made:
        columns[value] = Filled(cells=values[value], header=value, letters=letters[value])
    return grid.picked(keep, columns)


def wide_groups(texts: Sequence[str], unpivot: Unpivot) -> list[Group]:
    """The wide columns in the order of the sheet, those of one row together."""
    if not unpivot.values:
        made = unpivot.made[0]
        return [(text, {made: place}) for text, place in wide_columns(texts, unpivot.columns)]
    groups: dict[str, dict[str, int]] = {}
    for place, text in enumerate(texts):
        for value, glob in unpivot.values.items():
            before, _, after = glob.partition("*")
            found = re.fullmatch(f"{re.escape(before)}(.+){re.escape(after)}", text, re.IGNORECASE)
            if found:
                groups.setdefault(found[1].strip(), {}).setdefault(value, place)
    return list(groups.items())


def wide_columns(texts: Sequence[str], wanted: Sequence[str]) -> list[tuple[str, int]]:
    """Header and position of the columns that names, runs and globs ask for."""
    names = [name for entry in wanted for name in run_of_names(entry)]
    keys = {normalise(name).key for name in names}
    globs = [re.compile(translate(name), re.IGNORECASE) for name in names if "*" in name]
    return [
        (text, place)
        for place, text in enumerate(texts)
        if text and (normalise(text).key in keys or any(glob.fullmatch(text) for glob in globs))
    ]


def run_of_names(entry: str) -> list[str]:
    """M01..M12 as its twelve names, C..N as its twelve letters; anything else as itself."""
    if letters := _LETTERS.fullmatch(entry):
        return [letter(place) for place in range(index_of(letters[1]), index_of(letters[2]) + 1)]
    run = _RUN.fullmatch(entry)
    if not run or run[1] != run[4] or run[3] != run[6]:
        return [entry]
    width = len(run[2])
    return [f"{run[1]}{number:0{width}}{run[3]}" for number in range(int(run[2]), int(run[5]) + 1)]
