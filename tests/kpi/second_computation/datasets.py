"""The datasets as tables, one row per row of a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

NAMES = (
    "appraisal_ratings",
    "audit_findings",
    "budget_costs",
    "customers",
    "employees",
    "indicator_targets",
    "project_status",
    "project_tasks",
    "projects",
    "risks",
    "sales_orders",
    "sales_targets",
    "satisfaction_surveys",
    "service_tickets",
)

OWNER = {
    "customers": "emp_id",
    "project_tasks": "emp_id",
    "projects": "manager_id",
    "risks": "emp_id",
    "sales_orders": "emp_id",
    "satisfaction_surveys": "emp_id",
    "service_tickets": "agent_id",
}
"""The column that says whose a row is."""


@dataclass(frozen=True, eq=False)
class Datasets:
    """Tables by the name of their dataset; held by identity, so that results can be cached."""

    tables: Mapping[str, pd.DataFrame]

    @classmethod
    def read(cls, con):
        return cls({name: con.sql(f"select * from {name}").df() for name in NAMES})

    def __getitem__(self, name):
        return self.tables[name]

    def of_employee(self, employee):
        """An employee's own rows; the personal sales target stands for the department's."""
        own = {name: self[name][self[name][column] == employee] for name, column in OWNER.items()}
        targets = self["sales_targets"]
        personal = targets[(targets.level == "person") & (targets.emp_id == employee)]
        return Datasets({**self.tables, **own, "sales_targets": personal.assign(level="dept")})
