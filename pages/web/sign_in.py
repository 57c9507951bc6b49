"""Sign-in and sign-out: our own page, an HttpOnly cookie, and a session row that can be ended."""

import asyncio
from datetime import UTC, datetime
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data import audit
from data.accounts import (
    SESSION_HOURS,
    Account,
    SignInRefused,
    account_of_session,
    authenticate,
    end_session,
    start_session,
)
from data.sample_sign_ins import SampleSignIn, sample_sign_ins
from data.setting import is_sample
from pages.shared.session import SESSION_COOKIE, reading, warehouse
from pages.shared.words import COOKIE as LANGUAGE_COOKIE
from pages.shared.words import speaking
from pages.web.language import set_cookie
from pages.web.sign_in_page import Trouble, page
from pages.web.visit import is_own_page, is_secure, language_of, safe_next

LONGEST_FORM: Final = 8 * 1024
# A password check takes memory and time on purpose; more at once would starve everybody's pages.
_checks: Final = asyncio.Semaphore(2)


async def show(request: Request) -> Response:
    """The sign-in page, or straight on for somebody who is signed in."""
    wanted = safe_next(request.query_params.get("next", "/"))
    token = request.cookies.get(SESSION_COOKIE)
    if await run_in_threadpool(account_of_session, warehouse(), token):
        return RedirectResponse(wanted, 303)
    return await _page(request, wanted)


async def enter(request: Request) -> Response:
    """Check login and password; start a session or say what is wrong."""
    if not is_own_page(request):
        return PlainTextResponse("This form was not sent from here.", 403)
    if int(request.headers.get("content-length") or LONGEST_FORM) >= LONGEST_FORM:
        return PlainTextResponse("The form is too long.", 413)
    form = await request.form()
    login, password = str(form.get("login", "")).strip(), str(form.get("password", ""))
    wanted = safe_next(str(form.get("next", "/")))
    if not login or not password:
        return await _page(request, wanted, login, Trouble(kind="empty"))
    try:
        async with _checks:
            account = await run_in_threadpool(authenticate, warehouse(), login, password)
    except SignInRefused as refusal:
        return await _page(request, wanted, login, _trouble(refusal))
    return await run_in_threadpool(_let_in, request, account, wanted)


async def leave(request: Request) -> Response:
    """End the session on the server, so that a copy of its cookie opens nothing."""
    if not is_own_page(request):
        return PlainTextResponse("This form was not sent from here.", 403)
    await run_in_threadpool(_end, request.cookies.get(SESSION_COOKIE))
    answer = RedirectResponse("/account/sign-in?left=1", 303)
    answer.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


async def _page(
    request: Request, wanted: str, login: str = "", trouble: Trouble | None = None
) -> HTMLResponse:
    if trouble is None and request.query_params.get("left"):
        trouble = Trouble(kind="left")
    samples = await run_in_threadpool(_samples)
    language = language_of(request.scope)
    with speaking(language):
        html = page(language=language, wanted=wanted, login=login, trouble=trouble, samples=samples)
    refused = trouble is not None and trouble.kind != "left"
    return HTMLResponse(html, 401 if refused else 200)


def _samples() -> tuple[SampleSignIn, ...]:
    with reading() as con:
        return sample_sign_ins() if is_sample(con) else ()


def _let_in(request: Request, account: Account, wanted: str) -> Response:
    token = start_session(warehouse(), account)
    with warehouse().write() as con:
        audit.record(con, login=account.login, action="sign_in", subject=account.login)
    answer = RedirectResponse(wanted, 303)
    answer.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_HOURS * 3600,
        path="/",
        httponly=True,
        samesite="lax",
        secure=is_secure(request),
    )
    if LANGUAGE_COOKIE not in request.cookies:
        set_cookie(answer, request, account.language)
    return answer


def _end(token: str | None) -> None:
    account = account_of_session(warehouse(), token)
    if token is None or account is None:
        return
    end_session(warehouse(), token)
    with warehouse().write() as con:
        audit.record(con, login=account.login, action="sign_out", subject=account.login)


def _trouble(refusal: SignInRefused) -> Trouble:
    if refusal.locked_until is None:
        return Trouble(kind="wrong")
    left = refusal.locked_until - datetime.now(UTC).replace(tzinfo=None)
    return Trouble(kind="locked", minutes=max(1, round(left.total_seconds() / 60)))


def sign_in_address(wanted: str) -> str:
    """Where to sign in and then go on to `wanted`."""
    return f"/account/sign-in?next={quote(safe_next(wanted), safe='/')}"


ROUTES = [
    Route("/account/sign-in", show, methods=["GET"]),
    Route("/account/sign-in", enter, methods=["POST"]),
    Route("/account/sign-out", leave, methods=["POST"]),
]
