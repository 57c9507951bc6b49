"""What was chosen: in the address, so that a link shows it, and for the visit, from page to page.

Every name under which something is chosen is a parameter of the address.
"""

import time
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

import streamlit as st

OVERTAKING_SECONDS = 2.0
"""How long a click may still carry the address from before the click that preceded it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """What the address of a page has said under a name."""

    page: str = ""
    before: str | None = None
    """What it said before the last choice."""
    now: str | None = None
    chosen_at: float = 0.0
    """Monotonic seconds of the last choice."""

    def knows(self, value: str) -> bool:
        """Whether the value is one the page has put there itself and no news."""
        overtaking = time.monotonic() - self.chosen_at < OVERTAKING_SECONDS
        return value == self.now or (overtaking and value == self.before)


def wanted(name: str) -> str | None:
    """What to show under `name`: what the address newly asks for, else what was chosen before.

    A click can overtake the address of the click before it; an address the page has put there
    itself is therefore no news, unless the reader has come from another page. None where neither
    says anything.
    """
    asked, shown = st.query_params.get(name), _shown(name)
    is_news = asked is not None and (shown.page != _here() or not shown.knows(asked))
    return asked if is_news else cast("str | None", st.session_state.get(f"chosen {name}", asked))


def keep(name: str, value: str) -> None:
    """Remember what is shown under `name` and put it into the address."""
    shown = _shown(name)
    moved = shown.page != _here()
    if moved or shown.now != value:
        shown = _Shown(page=_here(), now=value, before=shown.before, chosen_at=shown.chosen_at)
    _remember(name, value, shown)


def choose(name: str, value: str) -> None:
    """Set what is shown under `name`, in a callback before the run that shows it."""
    shown = _Shown(
        page=_here(),
        before=st.query_params.get(name),
        now=value,
        chosen_at=time.monotonic(),
    )
    _remember(name, value, shown)


def _remember(name: str, value: str, shown: _Shown) -> None:
    st.session_state[f"shown {name}"] = shown
    st.session_state[f"chosen {name}"] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def _shown(name: str) -> _Shown:
    return cast("_Shown", st.session_state.get(f"shown {name}", _Shown()))


def _here() -> str:
    return urlsplit(st.context.url or "").path
