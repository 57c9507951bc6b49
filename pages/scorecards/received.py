"""Data received: what has arrived for a period, and what is still missing from whom."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import duckdb
import streamlit as st

from data.access import Scope
from data.contract import contract
from data.readiness import Delivery, readiness
from kpi.components import Watermark, watermark
from kpi.period import Period
from pages.scorecards.over import months_over
from pages.scorecards.why import Undelivered, sentence
from pages.shared import figures, markup
from pages.shared.markup import safe
from pages.shared.theme import Status
from pages.shared.words import text


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The deliveries of a period."""

    expected: int
    complete: int
    missing: tuple[Undelivered, ...]
    refreshed_at: datetime | None
    """When the results were last brought up to the data; UTC."""


def received(con: duckdb.DuckDBPyConnection, period: Period) -> Received:
    """What has arrived for the months of a period that are over."""
    months = [month.start for month in months_over(period)]
    deliveries = readiness(con, months)
    mark: Watermark | None = watermark(con)
    return Received(
        expected=len(deliveries),
        complete=sum(one.state in ("complete", "declared") for one in deliveries),
        missing=_missing(deliveries),
        refreshed_at=mark.refreshed_at if mark else None,
    )


def tile(found: Received, scope: Scope, period: Period) -> str:
    """The tile that says whether the numbers can be trusted."""
    known: Status = "amber" if found.missing else "green"
    word = text("Complete") if not found.missing else text("Incomplete")
    title = safe(text("Data received"))
    if scope.may("history"):
        title = markup.link("readiness", title, period=str(period))
    missing = "".join(f"<li>{safe(sentence(one))}</li>" for one in found.missing[:1])
    more = len(found.missing) - 1
    if more > 0:
        missing += f"<li>{safe(text('and {count} more', count=more))}</li>"
    listed = f'<ul class="heng-missing">{missing}</ul>' if missing else ""
    return (
        f'<li class="heng-tile heng-data"><div class="heng-row"><h3>{title}</h3>'
        f"{markup.status(known, word)}</div>"
        f'<div class="heng-row"><span class="heng-figure">{found.complete}'
        f"<small> / {found.expected}</small></span></div>{listed}"
        f'<p class="heng-quiet">{safe(_as_of(found.refreshed_at))}</p></li>'
    )


def _as_of(moment: datetime | None) -> str:
    if moment is None:
        return text("Results have not been computed yet")
    here = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(st.context.timezone or "UTC"))
    return text("Results as of {moment}", moment=figures.moment(here))


def _missing(deliveries: Sequence[Delivery]) -> tuple[Undelivered, ...]:
    lacking: dict[tuple[str, str], list[date]] = defaultdict(list)
    for one in deliveries:
        if one.state in ("missing", "partial"):
            for department in one.missing_departments or (contract(one.dataset).owner,):
                lacking[one.dataset, department].append(one.month)
    return tuple(
        Undelivered(dataset=dataset, department=department, months=tuple(months))
        for (dataset, department), months in lacking.items()
    )
