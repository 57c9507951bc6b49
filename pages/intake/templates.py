"""Templates: an empty workbook for every dataset, with headers, lists to choose from and notes."""

from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from data.access import AccessDenied, Scope
from data.contract import contract, contracts
from loaders.template import write_template
from pages.intake import value
from pages.intake.file_name import file_name
from pages.shared.markup import safe
from pages.shared.words import language, text
from pages.web import exports


@exports.builder("template")
def template(
    _con: duckdb.DuckDBPyConnection, scope: Scope, parameters: exports.Parameters
) -> exports.Download:
    """The empty workbook of a dataset in the reader's language."""
    if not (scope.may("upload") or scope.may("history")):
        raise AccessDenied(scope.login, "templates", "they are for those who upload")
    known = contract(parameters["dataset"])
    with TemporaryDirectory(prefix="heng-") as folder:
        path = Path(folder, "template.xlsx")
        write_template(known, path, language())
        content = path.read_bytes()
    name = text("Template {dataset}", dataset=value.dataset(known.dataset))
    return exports.Download(file_name=f"{file_name(name)}.xlsx", content=content)


def links() -> str:
    """A link for each dataset."""
    items = "".join(
        f'<li><a href="{exports.address("template", dataset=name)}" download>'
        f'<span aria-hidden="true">↓</span> {safe(value.dataset(name))}</a></li>'
        for name in contracts()
    )
    return f'<ul class="heng-templates">{items}</ul>'
