"""The real server for tests: `python app.py` on a free port, with a home of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    address: str
    """Without a slash at the end, e.g. http://127.0.0.1:40213."""
    home: Path
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    @contextmanager
    def client(self, login: str | None = None) -> Iterator[httpx.Client]:
        """A client that keeps cookies and follows nothing; signed in where a login is given."""
        with httpx.Client(base_url=self.address, trust_env=False, timeout=30) as client:
            if login is not None:
                form = {"login": login, "password": f"sample-{login}"}
                assert client.post("/account/sign-in", data=form).status_code == 303
            yield client


@contextmanager
def running(home: Path, *, by_streamlit: bool = False) -> Iterator[Server]:
    """Serve this home until the end of the block, by python itself or by streamlit."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home.parent / f"server-{port}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(home, port, by_streamlit=by_streamlit),
            cwd=REPOSITORY,
            env={**os.environ, "HENG_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        server = Server(address=f"http://127.0.0.1:{port}", home=home, process=process, log=log)
        try:
            _wait_for(server)
            yield server
        finally:
            _stop(process)


def _command(home: Path, port: int, *, by_streamlit: bool) -> list[str]:
    if by_streamlit:
        return [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    return [sys.executable, "app.py", "--home", str(home), "--port", str(port)]


def _wait_for(server: Server) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and server.process.poll() is None:
        try:
            if httpx.get(f"{server.address}/healthz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start:\n{server.log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    # The group, because a load runs in a child of the server.
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
