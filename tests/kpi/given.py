"""Given rows: a small warehouse in memory, filled through batches as a loader would."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pyarrow as pa

from data.access import Scope, scope_of
from data.batch import commit
from data.contract import contract
from data.history import File
from data.home import Home
from data.staging import arrow_type, stage
from data.warehouse import Warehouse


@dataclass
class Given:
    """A warehouse and the number of workbooks loaded into it."""

    home: Home
    warehouse: Warehouse
    workbooks: int = field(default=0)

    def rows(self, dataset: str, rows: list[dict], *, sheet: str = "Sheet1") -> int:
        """Load rows as one workbook whose header is in row 1; returns the batch."""
        self.workbooks += 1
        names = list(dict.fromkeys(name for row in rows for name in row))
        table = pa.table(
            {
                **{name: _array(dataset, name, [row.get(name) for row in rows]) for name in names},
                "sheet": [sheet] * len(rows),
                "row_number": list(range(2, len(rows) + 2)),
            }
        )
        file = File(name=f"{dataset}.xlsx", sha256=f"{self.workbooks:064x}", bytes=1)
        with self.warehouse.write() as con:
            staged = stage(self.home, dataset, table)
            return commit(con, file, [staged], login="test").batch_id


def _array(dataset: str, name: str, values: list) -> pa.Array:
    wanted = arrow_type(contract(dataset).columns[name])
    if pa.types.is_decimal(wanted):
        values = [None if value is None else Decimal(str(value)) for value in values]
    return pa.array(values, wanted)


def head_of(department: str) -> Scope:
    return scope_of(
        login="head", role="department_head", department_id=department, employee_id="H1"
    )


def person(employee_id: str, department: str = "sales") -> Scope:
    return scope_of(
        login="person", role="employee", department_id=department, employee_id=employee_id
    )


def day(text: str) -> date:
    return date.fromisoformat(text)
