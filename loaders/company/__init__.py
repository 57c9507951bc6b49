"""A sample company as workbooks: 衡遠智控, seven departments, 2024-11 to 2026-10, money in HKD.

It makes building controllers and sells them with a cloud platform. Everything is a pure function
of names and months: the same workbooks on each run. Sales follow the season, growth and who is
there; late deliveries follow peaks; complaints follow what went wrong with orders; answers are
late when inquiries outgrow the agents; satisfaction follows late answers.

What a manager can find:

- A sales team misses a quarter. sales, 商用二組, sales_attainment_rate 2026-Q2: about 71 % of its
  target, the other teams 98 % and more, the department 93 %. Two of its seven people left on
  2026-03-31 and 2026-04-15 and were replaced only in June and July (員工名冊, 銷售訂單_2026-Q2).
- Complaints after a release. customer_service, complaint_rate_per_1000 2026-03 and 2026-04: three
  times the usual, cause 平台升級故障, after platform 4.0 of 2026-02-12. In the same months
  first_response_on_time_rate falls to 70 % and 82 %, service_csat to about 65 %, nps (marketing)
  below zero, and sales_orders show platforms given back.
- A project slips and overspends. technology, PJ-2510 新一代訂單履約平台: schedule_performance_index
  from 1.00 to 0.71 and cost_performance_index from 1.00 to 0.69 between 2025-10 and 2026-10;
  baseline end 2026-09-30 passed, not finished; milestones late from 2026-02; the contractors
  (外包服務費) cost up to 2.5 times their budget, which lifts the company's budget_deviation_rate
  (finance) out of its band in the autumn: +4.9 % in 2026-10.
- A risk became critical. operations, RK-07 關鍵晶片單一供應商斷供: residual likelihood x impact 2x3
  until 2025-12, 2x4, 3x4 from 2026-03, 4x4 from 2026-06, 4x5 in 2026-09 and 5x5 in 2026-10; its
  treatment, due on 2026-08-31, is not done.
- An audit finding is overdue. operations, AF-2604-02, due on 2026-08-31, still open: a miss in
  audit_rectification_on_time_rate 2026-08.
- An employee is unqualified twice in a row. technology, IT支持組, E1073 游家祥, 2026-Q2 and
  2026-Q3: few tickets in time (it_ticket_on_time_rate), tasks late, ratings around 2.5 of 5 from
  everyone but himself (考核評分_2026-Q2, 考核評分_2026-Q3).
- A workbook never came. customer_service, 2026-07: there is no 服務工單_2026-07.xlsx; the surveys
  of that month are there.
"""

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
