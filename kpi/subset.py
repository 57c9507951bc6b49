"""The portable subset of SQL: what a fact or an indicator may say on any engine.

An allow-list of syntax-tree nodes; what is not on it is refused. Each rule beyond the list guards
against a construct that two engines were seen to read differently.
"""

from collections.abc import Callable, Iterator

import sqlglot
from sqlglot import exp

DIALECT = "duckdb"

_STRUCTURE: tuple[type[exp.Expression], ...] = (
    *(exp.Select, exp.From, exp.Join, exp.Where, exp.Group, exp.Having, exp.With, exp.CTE),
    *(exp.Table, exp.TableAlias, exp.Alias, exp.Identifier, exp.Column, exp.Star, exp.Union),
    *(exp.Subquery, exp.Exists, exp.In, exp.Tuple, exp.Distinct, exp.Var, exp.Paren),
)
_VALUES: tuple[type[exp.Expression], ...] = (
    *(exp.Literal, exp.Null, exp.Boolean, exp.DataType, exp.DataTypeParam, exp.Cast),
    *(exp.Case, exp.If, exp.Coalesce, exp.Nullif, exp.Interval),
    *(exp.DateTrunc, exp.TimestampTrunc, exp.DateDiff, exp.TimeToUnix),
)
_OPERATORS: tuple[type[exp.Expression], ...] = (
    *(exp.And, exp.Or, exp.Not, exp.Is, exp.Between),
    *(exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE),
    *(exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Abs),
)
_AGGREGATES: tuple[type[exp.Expression], ...] = (
    *(exp.Sum, exp.Count, exp.Min, exp.Max, exp.Filter),
    *(exp.Window, exp.WindowSpec, exp.RowNumber, exp.Lag, exp.Order, exp.Ordered),
)
ALLOWED = frozenset((*_STRUCTURE, *_VALUES, *_OPERATORS, *_AGGREGATES))

_PERIOD_UNITS = {"MONTH", "QUARTER", "YEAR"}
_DATE_ENDINGS = ("_on", "_date", "_at", "_start", "_due")


def parse(sql: str) -> exp.Expr:
    """The syntax tree of a query or an expression. Raises sqlglot.errors.ParseError."""
    tree = sqlglot.parse_one(sql, read=DIALECT)
    assert isinstance(tree, exp.Expr)
    return tree


def violations(tree: exp.Expr) -> list[str]:
    """Every way a tree leaves the subset, each with the offending text; empty where it does not."""
    return [
        f"{words}: {node.sql(dialect=DIALECT)}"
        for node in tree.walk()
        for rule in _RULES
        for words in rule(node)
    ]


def _listed(node: exp.Expr) -> Iterator[str]:
    if type(node) not in ALLOWED:
        name = node.name if isinstance(node, exp.Anonymous) else type(node).__name__.lower()
        yield f"{name} is not in the portable subset"


def _joins(node: exp.Expr) -> Iterator[str]:
    if not isinstance(node, exp.Join):
        return
    if node.side not in ("", "LEFT") or node.kind not in ("", "INNER") or node.method:
        yield "only inner and left joins are portable"
    elif not node.args.get("on"):
        yield "a join needs an on clause"


def _unions(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, exp.Union) and node.args.get("distinct"):
        yield "write union all"


def _aliases(node: exp.Expr) -> Iterator[str]:
    if isinstance(node, exp.Subquery) and isinstance(node.parent, (exp.From, exp.Join)):
        if not node.alias:
            yield "a subquery needs an alias"
    elif isinstance(node, exp.Group) and node.args.get("all"):
        yield "name the columns instead of group by all"


def _dates(node: exp.Expr) -> Iterator[str]:
    truncates = isinstance(node, (exp.DateTrunc, exp.TimestampTrunc))
    if truncates and node.args["unit"].name.upper() not in _PERIOD_UNITS:
        yield "date_trunc goes to month, quarter or year only"
    elif isinstance(node, exp.DateDiff) and node.args["unit"].name.upper() != "DAY":
        yield "date_diff counts days only"
    elif isinstance(node, exp.Interval) and str(node.unit).upper() != "MONTH":
        yield "only month intervals are portable"
    elif isinstance(node, exp.Sub) and _is_date(node.this) and _is_date(node.expression):
        yield "a date minus a date is not portable, use date_diff('day', ...)"


def _is_date(node: exp.Expr) -> bool:
    if isinstance(node, exp.Cast):
        return node.to.is_type(exp.DataType.Type.DATE, exp.DataType.Type.TIMESTAMP)
    return isinstance(node, exp.Column) and node.name.endswith(_DATE_ENDINGS)


def _divisions(node: exp.Expr) -> Iterator[str]:
    if not isinstance(node, exp.Div):
        return
    divisor = node.expression.unnest()
    while isinstance(divisor, exp.Cast):
        divisor = divisor.this
    if not isinstance(divisor, (exp.Nullif, exp.Literal)):
        yield "divide by nullif(..., 0)"


def _windows(node: exp.Expr) -> Iterator[str]:
    if not isinstance(node, exp.Window):
        return
    ranking = isinstance(node.this, (exp.RowNumber, exp.Lag))
    if not node.args.get("order"):
        yield "a window needs an order by"
    elif not ranking and (
        node.args.get("spec") is None or node.args["spec"].text("kind").upper() != "ROWS"
    ):
        yield "a window needs a rows frame"


_RULES: tuple[Callable[[exp.Expr], Iterator[str]], ...] = (
    _listed,
    _joins,
    _unions,
    _aliases,
    _dates,
    _divisions,
    _windows,
)
