"""The door: `python app.py` or `streamlit run app.py` serves the dashboard on 127.0.0.1:8501."""

import argparse
import gc
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from data.sample_sign_ins import sample_sign_ins
from data.setting import is_sample
from data.warehouse import WarehouseBusy
from kpi.components import refresh
from pages.intake.worker import close as close_worker
from pages.intake.worker import worker
from pages.shared import session, words
from pages.shared.places import PLACES
from pages.web import assets, exports, health, language, sign_in
from pages.web.gate import Gate
from pages.web.headers import Headers
from pages.web.shell import Shell


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Open the warehouse and warm up before the first request; close it after the last."""
    await run_in_threadpool(_warm_up)
    _announce(f"http://{st.get_option('server.address')}:{st.get_option('server.port')}")
    try:
        yield
    finally:
        await run_in_threadpool(_shut_down)


def _warm_up() -> None:
    session.warehouse()
    for place in PLACES.values():
        import_module(place.module)
    for tag in words.ENDONYMS:
        words.catalogue(tag)
    assets.assets()
    refresh(session.warehouse())
    worker()
    # What start-up made stays for good: taking it out of the collector's sight makes every later
    # run cheaper, because Streamlit collects after each of them.
    gc.collect()
    gc.freeze()


def _shut_down() -> None:
    close_worker()
    session.warehouse().close()


app = st.App(
    Path(__file__).parent / "pages" / "main.py",
    routes=[
        *sign_in.ROUTES,
        *language.ROUTES,
        *assets.ROUTES,
        *exports.ROUTES,
        *health.ROUTES,
    ],
    middleware=[Middleware(Headers), Middleware(Gate), Middleware(Shell)],
    lifespan=lifespan,
)


def _announce(address: str) -> None:
    """Say where it is and, while it is the sample company's, who may sign in."""
    with session.reading() as con:
        samples = sample_sign_ins() if is_sample(con) else ()
    print(f"\n  Heng is at {address}\n", flush=True)
    for one in samples:
        print(f"    {one.account.role:<16} {one.account.login:<12} {one.password}", flush=True)


def main() -> None:
    """Serve until stopped."""
    options = argparse.ArgumentParser(description="Serve the Heng dashboard.")
    options.add_argument("--home", type=Path, help="folder of the installation (or HENG_HOME)")
    options.add_argument("--host", default="127.0.0.1", help="address to listen on")
    options.add_argument("--port", type=int, default=8501)
    chosen = options.parse_args()
    if chosen.home:
        os.environ["HENG_HOME"] = str(chosen.home)
    try:
        session.warehouse()
    except WarehouseBusy as busy:
        sys.exit(str(busy))
    app.run(config={"server.address": chosen.host, "server.port": chosen.port})


if __name__ == "__main__":
    main()
