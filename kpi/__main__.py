"""python -m kpi: the numbers on the command line."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from data import audit
from data.access import AccessDenied, Scope, owner_scope
from data.contract import ContractError, departments
from data.home import open_home
from data.language import DEFAULT_LANGUAGE, LANGUAGES
from data.warehouse import Warehouse, WarehouseBusy
from kpi import components
from kpi.appraisal import NotAppraised
from kpi.catalog import CatalogError, UnknownIndicator
from kpi.command import appraisal, coverage, export, indicators, projects, risks, rows, scorecard
from kpi.period import Period, PeriodError
from kpi.policy import PolicyError
from kpi.scorecard import UnknownEmployee

DONE, REFUSED = 0, 1

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A subcommand: what it is asked with, what it answers, and how that reads."""

    help: str
    options: Callable[[argparse.ArgumentParser], None]
    document: Callable[[duckdb.DuckDBPyConnection, Scope, argparse.Namespace], Document]
    text: Callable[[Document], str]


def _no_options(_: argparse.ArgumentParser) -> None:
    pass


def _scorecard_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", type=_period, required=True)
    parser.add_argument("--department", choices=tuple(departments()))
    parser.add_argument("--employee", metavar="ID")


def _rows_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("indicator", metavar="INDICATOR")
    parser.add_argument("--period", type=_period, required=True)
    parser.add_argument("--department", choices=tuple(departments()), required=True)
    parser.add_argument("--team")
    parser.add_argument("--employee", metavar="ID")
    parser.add_argument("--limit", type=int, default=1_000_000, metavar="N")


def _period_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--period", type=_period, required=True)


def _appraisal_options(parser: argparse.ArgumentParser) -> None:
    _period_option(parser)
    parser.add_argument("--employee", metavar="ID")


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=("appraisal",))
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")
    _period_option(parser)
    parser.add_argument("--language", choices=LANGUAGES, default=DEFAULT_LANGUAGE)


COMMANDS: dict[str, Command] = {
    "indicators": Command(
        help="the catalogue",
        options=_no_options,
        document=indicators.document,
        text=indicators.text,
    ),
    "scorecard": Command(
        help="values, targets, scores and statuses of a period",
        options=_scorecard_options,
        document=scorecard.document,
        text=scorecard.text,
    ),
    "rows": Command(
        help="the rows behind a number, with file, sheet and row",
        options=_rows_options,
        document=rows.document,
        text=rows.text,
    ),
    "projects": Command(
        help="the health of every project",
        options=_period_option,
        document=projects.document,
        text=projects.text,
    ),
    "risks": Command(
        help="the open risks with their levels",
        options=_period_option,
        document=risks.document,
        text=risks.text,
    ),
    "appraisal": Command(
        help="appraisal results",
        options=_appraisal_options,
        document=appraisal.document,
        text=appraisal.text,
    ),
    "export": Command(
        help="the appraisal summary as a workbook",
        options=_export_options,
        document=export.document,
        text=export.text,
    ),
    "coverage": Command(
        help="the clauses of the regulation and what serves them",
        options=_no_options,
        document=coverage.document,
        text=coverage.text,
    ),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 where it was done, 1 where it was refused, 2 for a wrong call."""
    asked = _parser().parse_args(arguments)
    try:
        answer = _answer(COMMANDS[asked.command], asked)
    except _REFUSALS as error:
        print(error, file=sys.stderr)
        return REFUSED
    if asked.json:
        print(json.dumps(answer, ensure_ascii=False, indent=2, default=_plain))
    else:
        print(COMMANDS[asked.command].text(answer))
    return DONE


_REFUSALS = (
    AccessDenied,
    CatalogError,
    ContractError,
    NotAppraised,
    OSError,
    PolicyError,
    UnknownEmployee,
    UnknownIndicator,
    export.UnsupportedFile,
    WarehouseBusy,
)


def _answer(command: Command, asked: argparse.Namespace) -> Document:
    warehouse = Warehouse.open(open_home(asked.home))
    try:
        components.refresh(warehouse)
        with warehouse.read() as con:
            answer = command.document(con, owner_scope(), asked)
        _remember(warehouse, asked)
        return answer
    finally:
        warehouse.close()


def _remember(warehouse: Warehouse, asked: argparse.Namespace) -> None:
    asked_for = {
        name: str(value)
        for name, value in vars(asked).items()
        if value is not None and name not in ("command", "home", "json", "limit")
    }
    with warehouse.write() as con:
        audit.record(
            con,
            login=owner_scope().login,
            action=f"kpi {asked.command}",
            subject=asked_for.get("indicator", asked_for.get("period", asked.command)),
            **asked_for,
        )


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--home", type=Path, metavar="DIR", help="default: data/local")
    shared.add_argument("--json", action="store_true", help="one JSON document, nothing else")
    parser = argparse.ArgumentParser(prog="python -m kpi", description=__doc__)
    subparsers = parser.add_subparsers(dest="command", required=True)
    for name, command in COMMANDS.items():
        command.options(subparsers.add_parser(name, help=command.help, parents=[shared]))
    return parser


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _plain(value: object) -> object:
    match value:
        case Decimal():
            return float(value)
        case date() | datetime():
            return value.isoformat()
        case _:
            return str(value)


if __name__ == "__main__":
    # `... | head` ends the command quietly, as it ends every other.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
