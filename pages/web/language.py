"""Changing the language: a cookie, the account's own preference, and the page again."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from data.accounts import account_of_session, set_language
from data.language import LANGUAGES
from pages.shared.session import SESSION_COOKIE, warehouse
from pages.shared.words import COOKIE
from pages.web.visit import came_from, is_own_page, is_secure

YEAR = 365 * 24 * 3600


async def choose(request: Request) -> Response:
    """Remember a language and go back to the page the visitor was on."""
    tag = request.path_params["tag"]
    if tag not in LANGUAGES:
        return PlainTextResponse("Not found", 404)
    if is_own_page(request):
        await run_in_threadpool(_remember, request.cookies.get(SESSION_COOKIE), tag)
    answer = RedirectResponse(_back(request), 303)
    set_cookie(answer, request, tag)
    return answer


def set_cookie(answer: Response, request: Request, tag: str) -> None:
    """Keep the language in the visitor's browser for a year."""
    answer.set_cookie(
        COOKIE, tag, max_age=YEAR, path="/", samesite="lax", secure=is_secure(request)
    )


def _remember(token: str | None, tag: str) -> None:
    account = account_of_session(warehouse(), token)
    if account is not None and account.language != tag:
        set_language(warehouse(), account.login, tag)


def _back(request: Request) -> str:
    """Also from the sign-in page, which is no place to go on to after signing in."""
    return came_from(request, also="/account/sign-in")


ROUTES = [Route("/account/language/{tag}", choose)]
