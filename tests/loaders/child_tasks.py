"""What the tests of the sandbox have their child processes do."""

import os
import signal
import time
from pathlib import Path
from typing import Any

from loaders import gate
from loaders.problem import Problem, RefusedFile
from loaders.progress import report
from loaders.reader import read_sheets


def echo(request: dict[str, Any]) -> dict[str, Any]:
    report(0.5)
    report(1.0)
    return request


def refuse(request: dict[str, Any]) -> None:
    raise RefusedFile([Problem(code="NO_DATA", file=request["name"], sheet="3月")])


def fail(request: dict[str, Any]) -> None:
    raise KeyError("a mistake of ours")


def allocate(request: dict[str, Any]) -> int:
    return len(bytearray(request["bytes"]))


def loop(request: dict[str, Any]) -> None:
    while True:
        pass


def sleep(request: dict[str, Any]) -> None:
    report(0.1)
    time.sleep(60)


def die(request: dict[str, Any]) -> None:
    os.kill(os.getpid(), getattr(signal, request["signal"]))


def leave(request: dict[str, Any]) -> None:
    os._exit(3)


def write(request: dict[str, Any]) -> None:
    Path(request["path"]).write_bytes(bytes(request["bytes"]))


def environment(request: dict[str, Any]) -> list[str]:
    return sorted(os.environ)


def modules(request: dict[str, Any]) -> list[str]:
    import sys

    return sorted(name for name in sys.modules if "." not in name)


def load_without_gate(request: dict[str, Any]) -> int:
    from loaders.container import Container

    path = Path(request["path"])
    return sum(len(s.rows) for s in read_sheets(path, Container(kind="xlsx", name=path.name)))


def load(request: dict[str, Any]) -> int:
    path = Path(request["path"])
    return sum(len(sheet.rows) for sheet in read_sheets(path, gate.inspect(path, path.name)))
