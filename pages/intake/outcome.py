"""What has come of a file so far, in a sentence, and where the change can be seen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pages.intake import badge, preview
from pages.intake.drawn import Drawn
from pages.shared.markup import link, safe
from pages.shared.words import text


def said(one: Drawn) -> str:
    """What has come of the file so far, in a sentence."""
    words = _outcome(one)
    return f'<p class="heng-outcome">{words}</p>' if words else ""


def _outcome(one: Drawn) -> str:
    report, state = one.job.report, one.state
    if state is badge.REFUSED:
        return safe(_refused(report))
    if state is badge.FAILED:
        return safe(
            text(
                "A fault of the program kept the file from being loaded. Upload it again; if it "
                "happens twice, tell the person who keeps Heng running."
            )
        )
    if state is badge.KNOWN:
        return safe(
            text(
                "This very file was loaded before, as no. {number} by {who}. "
                "Loading it again would change nothing.",
                number=one.loaded.batch_id if one.loaded else "",
                who=one.loaded_by,
            )
        )
    if state is badge.READY:
        return _ready(report)
    if state is badge.UNDONE:
        number = one.loaded.batch_id if one.loaded else ""
        return safe(text("Loaded as no. {number}, and undone since.", number=number))
    return _receipt(one) if state is badge.LOADED else ""


def _refused(report: Mapping[str, Any]) -> str:
    if report.get("errors"):
        return text(
            "Nothing of this file was loaded, and no number has changed. Put the errors below "
            "right in the workbook and upload it again."
        )
    return text("Nothing of this file was loaded, and no number has changed.")


def _ready(report: Mapping[str, Any]) -> str:
    if preview.changes_nothing(report):
        return safe(
            text(
                "Every row is there already with the same values. Loading records that the "
                "file came; no number changes."
            )
        )
    words = safe(text("Nothing has been loaded yet. Loading brings {what}.", what="{what}"))
    return words.replace("{what}", f"<b>{safe(preview.summary(report))}</b>")


def _receipt(one: Drawn) -> str:
    report = one.job.report
    number = one.loaded.batch_id if one.loaded else ""
    done = text("Loaded as no. {number}: {what}.", number=number, what="{what}")
    what = preview.summary(report) if report.get("datasets") else ""
    done = safe(done).replace("{what}", f"<b>{safe(what)}</b>")
    results = (
        text("The results include it.")
        if one.results_are_current
        else text("The results will include it in a moment.")
    )
    return f"{done} {safe(results)} {_onward(one)}"


def _onward(one: Drawn) -> str:
    """Where the change can be seen."""
    month = _month(one)
    parameters = {"period": f"{month:%Y-%m}"} if month else {}
    readiness = {"month": f"{month:%Y-%m}"} if month else {}
    links = [
        link("overview", safe(text("To the overview")), **parameters),
        link("readiness", safe(text("To the data received")), **readiness),
    ]
    return f'<span class="heng-onward">{"".join(links)}</span>'


def _month(one: Drawn) -> date | None:
    """The last month the file speaks of that has a scorecard."""
    last = [
        date.fromisoformat(day).replace(day=1)
        for table in one.job.report.get("datasets", ())
        if (day := table["control_totals"]["last_date"])
    ]
    known = [month for month in one.months if last and month <= max(last)]
    return known[-1] if known else None
