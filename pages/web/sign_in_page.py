"""The sign-in page as HTML; works without JavaScript."""

from dataclasses import dataclass
from html import escape
from typing import Literal

from data.access import roles
from data.sample_sign_ins import SampleSignIn
from pages.shared.words import later, named, plural, text
from pages.web.assets import address
from pages.web.document import document, languages

_ADVICE = later("Use a shared computer? Sign out when you leave.")
_TWO = ' class="two"'
_FOCUS = " autofocus"
_WRONG = ' aria-invalid="true" aria-describedby="trouble"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why the page is shown again."""

    kind: Literal["empty", "wrong", "locked", "left"]
    minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: str
    kind: str
    fills: str
    label: str


_LOGIN = _Field(name="login", kind="text", fills="username", label=later("Login"))
_PASSWORD = _Field(
    name="password", kind="password", fills="current-password", label=later("Password")
)


def page(
    *,
    language: str,
    wanted: str,
    login: str,
    trouble: Trouble | None,
    samples: tuple[SampleSignIn, ...],
) -> str:
    """The document; `wanted` is where to go on to, `login` what was typed before."""
    enter = escape(text("Sign in"))
    card = f"""<section class="card" aria-label="{enter}">
<form method="post" action="/account/sign-in">
{_notice(trouble)}
{_field(_LOGIN, login, trouble)}
{_field(_PASSWORD, "", trouble)}
<input type="hidden" name="next" value="{escape(wanted)}">
<button id="enter">{enter}</button>
</form>
</section>"""
    main = f"<main{_TWO if samples else ''}>{_brand()}{card}{_sample_list(samples)}</main>"
    body = _top(language) + main + _foot()
    return document(language=language, title=text("Sign in"), body=body, script="sign-in.js")


def _top(language: str) -> str:
    label = escape(text("Language"))
    links = languages(language)
    return f'<header><nav class="languages" aria-label="{label}">{links}</nav></header>'


def _brand() -> str:
    name, what = escape(text("Heng 衡")), escape(text("Operations scorecards and appraisal"))
    return (
        f'<div class="brand"><img src="{address("logo.svg")}" alt="" width="48" height="48">'
        f"<div><h1>{name}</h1><p>{what}</p></div></div>"
    )


def _foot() -> str:
    return f"<footer>{escape(text(_ADVICE))}</footer>"


def _field(field: _Field, value: str, trouble: Trouble | None) -> str:
    wrong = trouble is not None and trouble.kind in ("empty", "wrong")
    retyped = "password" if trouble is not None and trouble.kind == "wrong" else "login"
    return (
        f'<label for="{field.name}">{escape(text(field.label))}'
        f'<input id="{field.name}" name="{field.name}" type="{field.kind}" '
        f'autocomplete="{field.fills}" value="{escape(value)}" required maxlength="200" '
        f'autocapitalize="none" spellcheck="false"{_WRONG if wrong else ""}'
        f"{_FOCUS if field.name == retyped else ''}></label>"
    )


def _notice(trouble: Trouble | None) -> str:
    if trouble is None:
        return ""
    if trouble.kind == "left":
        left = escape(text("You are signed out."))
        return f'<p class="error notice" role="status">✔ {left}</p>'
    words = {
        "empty": text("Please fill in login and password."),
        "wrong": text("Login or password is not correct. Please try again."),
        "locked": plural(
            "Too many attempts. Please try again in {count} minute.",
            "Too many attempts. Please try again in {count} minutes.",
            trouble.minutes,
        ),
    }[trouble.kind]
    mark = '<span aria-hidden="true">✖</span>'
    return f'<p class="error" id="trouble" role="alert">{mark}{escape(words)}</p>'


def _sample_list(samples: tuple[SampleSignIn, ...]) -> str:
    if not samples:
        return ""
    title = escape(text("Sample sign-ins"))
    advice = escape(text("This is the sample company. Choose somebody and sign in."))
    rows = "".join(_sample(one) for one in samples)
    return f'<section class="card samples"><h2>{title}</h2><p>{advice}</p><ul>{rows}</ul></section>'


def _sample(one: SampleSignIn) -> str:
    login, password = escape(one.account.login), escape(one.password)
    role, name = escape(named(roles()[one.account.role].names)), escape(one.account.name)
    return (
        f'<li><button type="button" data-login="{login}" data-password="{password}">'
        f"<strong>{role}</strong><span>{name}</span>"
        f"<code>{login}<br>{password}</code></button></li>"
    )
