"""Work on strangers' files in a process of its own, which may die without taking anything along.

The child is a fresh Python (not a fork: a fork would share locks and open databases), with limits
on memory, processor time, wall time and the size of what it writes, and none of the environment but
what Python needs. It gets its request on standard input, tells its progress on standard output and
leaves its answer as JSON in the working folder. However it ends, `run` returns the answer or
raises RefusedFile.
"""

import errno
import gc
import json
import logging
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn

from loaders.limits import DEFAULT, MIB, Limits
from loaders.problem import Problem, RefusedFile, problem_from_json
from loaders.progress import listen

ROOT = Path(__file__).resolve().parent.parent
ANSWER, LOG = "answer.json", "child.log"
ANSWER_BYTES = 512 * MIB
GRACE = 5
"""Seconds of processor time between the warning signal and the end."""
_log = logging.getLogger(__name__)


def run(
    task: str,
    request: Mapping[str, Any],
    *,
    limits: Limits = DEFAULT,
    progress: Callable[[float], None] | None = None,
    workdir: Path,
) -> Any:  # noqa: ANN401 - whatever JSON value the task returns
    """What the function `task`, by its dotted name in this package, returns for `request`.

    Both are JSON values; `request["name"]`, if there, names the file in problems. `progress` gets
    shares from 0 to 1; if it raises, the child is ended and the exception passed on. Raises
    RefusedFile for a file that the task refuses, and for every way in which the child can die.
    """
    name = str(request.get("name", ""))
    order = {"task": task, "request": dict(request), "folder": str(workdir), "limits": _own(limits)}
    with (workdir / LOG).open("wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-P", "-s", "-m", "loaders.sandbox"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=_environment(workdir),
        )
        in_time = False
        try:
            _send(child, json.dumps(order).encode())
            in_time = _follow(child, limits.wall_seconds, progress)
        finally:
            _end(child, at_once=not in_time)
    if not in_time:
        raise _refused("TIME_LIMIT", name, limit=limits.wall_seconds)
    return _answer(child.returncode, name, workdir, limits)


def _own(limits: Limits) -> dict[str, int]:
    return {
        "memory_bytes": limits.memory_bytes,
        "cpu_seconds": limits.cpu_seconds,
        "output_bytes": limits.output_bytes,
    }


def _environment(workdir: Path) -> dict[str, str]:
    """No secrets, no settings; libraries that start a thread per processor start one."""
    return {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        "TZ": os.environ.get("TZ", ""),
        "TMPDIR": str(workdir),
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "MALLOC_ARENA_MAX": "2",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _send(child: subprocess.Popen[bytes], order: bytes) -> None:
    assert child.stdin is not None
    try:
        child.stdin.write(order)
        child.stdin.close()
    except BrokenPipeError:
        _log.warning("the child ended before it had read its order")


def _follow(
    child: subprocess.Popen[bytes], seconds: float, progress: Callable[[float], None] | None
) -> bool:
    """Pass progress on until the child closes its output; False if that takes too long."""
    assert child.stdout is not None
    until = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            chunk = os.read(child.stdout.fileno(), 1 << 16)
            if not chunk:
                return True
            if progress is not None and (share := _last_share(chunk)) is not None:
                progress(share)
    return False


def _last_share(chunk: bytes) -> float | None:
    """The last whole line's share. Lines are short: one cut in two is made up for by the next."""
    for line in reversed(chunk.split(b"\n")):
        try:
            share = float(line)
        except ValueError:
            continue
        return share if 0 <= share <= 1 else None
    return None


def _end(child: subprocess.Popen[bytes], *, at_once: bool) -> None:
    """Wait for the child, which has closed its output, or is not worth waiting for."""
    try:
        if at_once:
            child.kill()
        child.wait(timeout=GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    finally:
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _answer(status: int, name: str, workdir: Path, limits: Limits) -> Any:  # noqa: ANN401 - JSON
    path = workdir / ANSWER
    if status == 0 and path.is_file() and path.stat().st_size <= ANSWER_BYTES:
        answer = json.loads(path.read_bytes())
        if "refused" in answer:
            raise RefusedFile([problem_from_json(one) for one in answer["refused"]])
        return answer["result"]
    said = _last_words(workdir / LOG)
    _log.warning("reading %r ended with %s: %s", name, status, said)
    raise _obituary(status, said, name, limits)


def _obituary(status: int, said: str, name: str, limits: Limits) -> RefusedFile:
    """Why the child died, as far as its end tells."""
    megabytes = limits.memory_bytes // MIB
    if "memory allocation" in said or "MemoryError" in said or "bad_alloc" in said:
        return _refused("OUT_OF_MEMORY", name, limit=megabytes)
    if status == -signal.SIGXCPU:
        return _refused("TIME_LIMIT", name, limit=limits.cpu_seconds)
    if status == -signal.SIGXFSZ:
        return _refused("OUTPUT_LIMIT", name, limit=limits.output_bytes // MIB)
    if status == -signal.SIGKILL:
        return _refused("OUT_OF_MEMORY", name, limit=megabytes)
    if status < 0:
        return _refused("PARSER_DIED", name, detail="signal", signal=-status)
    return _refused("PARSER_DIED", name, detail="exit", status=status)


def _last_words(log: Path) -> str:
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - 4096))
        return stream.read().decode("utf-8", "replace").strip()


def _refused(code: str, name: str, **facts: object) -> RefusedFile:
    told = tuple((key, str(value)) for key, value in facts.items())
    return RefusedFile([Problem(code=code, file=name, facts=told)])


def main() -> NoReturn:
    """The child: read the order, limit oneself, do the task, leave the answer."""
    order = json.load(sys.stdin)
    limit_process(**order["limits"])
    folder, request = Path(order["folder"]), order["request"]
    _tell_progress(sys.stdout.buffer)
    # Nothing lives long here, and a million cells are no garbage.
    gc.disable()
    answer = _perform(order["task"], request, order["limits"])
    with (folder / f"{ANSWER}.part").open("w", encoding="utf-8") as stream:
        json.dump(answer, stream, ensure_ascii=False)
    (folder / f"{ANSWER}.part").rename(folder / ANSWER)
    sys.stdout.flush()
    # Without tearing down what the task has built: a million cells take their time.
    os._exit(0)


def limit_process(*, memory_bytes: int, cpu_seconds: int, output_bytes: int) -> None:
    """Limit this process for good: address space, processor time, size of files, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + GRACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output_bytes, output_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _perform(task: str, request: dict[str, Any], limits: Mapping[str, int]) -> dict[str, Any]:
    """The task's result, or the problems for which it refuses the file."""
    name = str(request.get("name", ""))
    try:
        return {"result": _function(task)(request)}
    except RefusedFile as refused:
        problems = refused.problems
    except MemoryError:
        problems = _refused("OUT_OF_MEMORY", name, limit=limits["memory_bytes"] // MIB).problems
    except BaseException as error:
        # A panic of a reader written in Rust is no Exception.
        _log.exception("the task %s failed", task)
        problems = _failure(error, name, limits).problems
    return {"refused": [problem.as_json() for problem in problems]}


def _failure(error: BaseException, name: str, limits: Mapping[str, int]) -> RefusedFile:
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return _refused("OUTPUT_LIMIT", name, limit=limits["output_bytes"] // MIB)
    return _refused("PARSER_DIED", name, detail="reader", reason=type(error).__name__)


def _function(task: str) -> Callable[[dict[str, Any]], Any]:
    module, _, function = task.rpartition(".")
    found: Callable[[dict[str, Any]], Any] = getattr(import_module(module), function)
    return found


def _tell_progress(output: IO[bytes]) -> None:
    told = -1.0

    def tell(share: float) -> None:
        nonlocal told
        if share >= told + 0.01 or share == 1.0:
            told = share
            output.write(f"{share:.3f}\n".encode())
            output.flush()

    listen(tell)


if __name__ == "__main__":
    main()
