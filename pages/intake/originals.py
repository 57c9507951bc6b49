"""Originals: workbooks as they were sent, handed out to those who may see all that is in them."""

import duckdb

from data.access import AccessDenied, Scope
from data.history import Batch, batch
from pages.intake.file_name import file_name
from pages.intake.permission import may_download
from pages.shared.markup import safe
from pages.shared.session import warehouse
from pages.shared.words import text
from pages.web import exports


@exports.builder("original")
def original(
    con: duckdb.DuckDBPyConnection, scope: Scope, parameters: exports.Parameters
) -> exports.Download:
    """The file of a batch, byte for byte."""
    found = batch(con, int(parameters["batch"]))
    if not may_download(con, scope, found):
        raise AccessDenied(scope.login, f"the original of batch {found.batch_id}", "it is private")
    content = warehouse().home.original(found.file.sha256).read_bytes()
    return exports.Download(
        file_name=file_name(found.file.name),
        content=content,
        media_type="application/octet-stream",
    )


def offer(con: duckdb.DuckDBPyConnection, visitor: Scope, one: Batch) -> str:
    """A link to the original of a batch, or that it is private, as HTML."""
    if not may_download(con, visitor, one):
        return safe(text("The original is private"))
    address = exports.address("original", batch=str(one.batch_id))
    return f'<a href="{address}" download>{safe(text("Download the original"))}</a>'
