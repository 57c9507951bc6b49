"""The command line of the loaders: python -m loaders COMMAND.

Exit code 0: done; 1: refused, with reasons; 2: wrong usage. With --json standard output holds one
JSON document and nothing else.
"""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from data.contract import contracts
from data.language import DEFAULT_LANGUAGE, LANGUAGES
from data.warehouse import WarehouseBusy
from loaders import command
from loaders.command import Wrong
from loaders.problem import LoadError

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the answer is the exit code."""
    options = _parser().parse_args(arguments)
    run: Command = options.run
    try:
        return run(options)
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except (LoadError, WarehouseBusy) as refused:
        print(refused, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the answer has seen enough; nothing more may be written at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders", description="Load workbooks.")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--home", type=Path, help="the installation (HENG_HOME, else data/local)")
    shared.add_argument("--json", action="store_true", help="print one JSON document")

    def add(
        name: str, run: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, parents=[shared], help=text, description=text)
        made.set_defaults(run=run)
        return made

    load = add("load", command.load, "load files; each goes in whole or not at all")
    load.add_argument("files", nargs="+", type=Path, metavar="FILE")
    load.add_argument("--mapping", metavar="NAME|FILE.toml", help="use this mapping")
    load.add_argument("--dataset", choices=sorted(contracts()), metavar="NAME")
    load.add_argument("--dry-run", action="store_true", help="change nothing")
    load.add_argument(
        "--annotate",
        type=Path,
        metavar="OUT.xlsx",
        help="write the file back with its faults marked",
    )

    sample = add("sample", command.sample, "create the sample company and load its workbooks")
    sample.add_argument(
        "--if-empty", action="store_true", help="do nothing where the home is in use already"
    )

    detect = add("detect", command.detect, "say what the sheets of a file are")
    detect.add_argument("file", type=Path, metavar="FILE")

    add("history", command.history, "every loaded file, newest first")

    undo = add("undo", command.undo, "take a loaded file back")
    undo.add_argument("batch", type=int, metavar="BATCH")

    template = add("template", command.template, "write an empty workbook to fill in")
    template.add_argument("dataset", choices=sorted(contracts()), metavar="DATASET")
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    template.add_argument("--language", choices=LANGUAGES, default=DEFAULT_LANGUAGE)

    query = add("query", command.query, "ask the published datasets in SQL")
    query.add_argument("sql", metavar="SELECT")

    declare = add("declare", command.declare, "say that a dataset has nothing in a period")
    declare.add_argument("dataset", choices=sorted(contracts()), metavar="DATASET")
    declare.add_argument("period", metavar="PERIOD", help="2026-05, 2026-Q2 or 2026")
    declare.add_argument("--department", metavar="NAME")
    declare.add_argument("--reason", default="", help="why there is nothing")
    return parser


if __name__ == "__main__":
    # `... | head` ends the command quietly, as it ends every other.
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(main())
