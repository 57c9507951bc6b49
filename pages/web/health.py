"""Health: whether the process answers, and whether its warehouse does."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from pages.shared.session import reading


def _warehouse_answers() -> bool:
    try:
        with reading() as con:
            return con.execute("select 1").fetchone() == (1,)
    # Whatever keeps the warehouse from answering, the answer is the same.
    except Exception:
        return False


async def healthz(_request: Request) -> JSONResponse:
    """200 with status ok, or 503 while the warehouse does not answer."""
    well = await run_in_threadpool(_warehouse_answers)
    return JSONResponse({"status": "ok" if well else "unavailable"}, 200 if well else 503)


ROUTES = [Route("/healthz", healthz)]
