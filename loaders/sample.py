"""The sample company's home: its sign-ins, and its workbooks loaded like anyone's."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from data.accounts import accounts
from data.history import history
from data.sample_sign_ins import SampleSignIn, create_sample_accounts, sample_sign_ins
from data.setting import is_sample, set_setting, setting
from data.warehouse import Warehouse
from loaders.load import Receipt, commit, read_files
from loaders.original import sha256_of
from loaders.problem import RefusedFile
from loaders.reading import Reading

WORKBOOKS = Path(__file__).resolve().parent.parent / "data" / "sample"
LOGIN = "operations"
"""Who loads the workbooks."""
AT_ONCE = 2
TOGETHER = 8
"""Files that one child process reads, one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What was created."""

    sign_ins: tuple[SampleSignIn, ...]
    receipts: tuple[Receipt, ...]


def create_sample(
    warehouse: Warehouse, *, progress: Callable[[float, str], None] | None = None
) -> Sample:
    """Create the sign-ins and load every sample workbook that never was.

    Raises RefusedFile where a workbook has errors.
    """
    with warehouse.write() as con:
        set_setting(con, "sample", "yes")
    create_sample_accounts(warehouse)
    paths = _not_loaded(warehouse)
    receipts = []
    for number, reading in enumerate(_readings(paths), 1):
        if not reading.accepted:
            raise RefusedFile(reading.problems)
        receipts.append(commit(warehouse, warehouse.home, reading, login=LOGIN))
        if progress:
            progress(number / len(paths), reading.file.name)
    with warehouse.write() as con:
        set_setting(con, "sample_complete", "yes")
    return Sample(sign_ins=sample_sign_ins(), receipts=tuple(receipts))


def in_use(warehouse: Warehouse) -> bool:
    """Whether the home is somebody's, or holds the whole sample company already."""
    with warehouse.read() as con:
        if is_sample(con):
            return setting(con, "sample_complete", "no") == "yes"
        return bool(accounts(con) or history(con, 1))


def _not_loaded(warehouse: Warehouse) -> list[Path]:
    """Workbooks that were never loaded; one that was undone stays so."""
    with warehouse.read() as con:
        known = {one.file.sha256 for one in history(con)}
    return [path for path in sorted(WORKBOOKS.glob("*.xlsx")) if sha256_of(path) not in known]


def _readings(paths: Sequence[Path]) -> Iterator[Reading]:
    """Every file read, in order, a few ahead of whoever asks."""
    groups = [paths[start : start + TOGETHER] for start in range(0, len(paths), TOGETHER)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for readings in pool.map(read_files, groups):
            yield from readings
