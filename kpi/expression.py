"""Expressions: an indicator's aggregate as it is written into a query."""

from functools import cache

from sqlglot import exp

from kpi.subset import DIALECT, parse


@cache
def narrowed(expression: str, condition: str | None) -> str:
    """The expression with each of its aggregates over the rows that meet the condition only."""
    tree = parse(expression).copy()
    if condition is None:
        return tree.sql(dialect=DIALECT)
    kept = parse(condition)
    for aggregate in list(tree.find_all(exp.AggFunc)):
        outer = aggregate.parent
        if isinstance(outer, exp.Filter):
            both = exp.and_(outer.expression.this.copy(), kept.copy())
            outer.set("expression", exp.Where(this=both))
            continue
        inner = exp.Filter(this=aggregate.copy(), expression=exp.Where(this=kept.copy()))
        if outer is None:
            tree = inner
        else:
            aggregate.replace(inner)
    return tree.sql(dialect=DIALECT)


@cache
def row_value(expression: str) -> str | None:
    """What one row adds to the expression, so that the rows' values add up to it.

    None where it does not add up over rows, as a distinct count.
    """
    tree = _row_value(parse(expression))
    return None if tree is None else tree.sql(dialect=DIALECT)


def _row_value(node: exp.Expr) -> exp.Expr | None:
    match node:
        case exp.Paren():
            inner = _row_value(node.this)
            return None if inner is None else exp.Paren(this=inner)
        case exp.Add() | exp.Sub():
            left, right = _row_value(node.this), _row_value(node.expression)
            if left is None or right is None:
                return None
            zero = exp.Literal.number(0)
            return type(node)(
                this=exp.func("coalesce", left, zero.copy()),
                expression=exp.func("coalesce", right, zero.copy()),
            )
        case exp.Filter():
            inner = _row_value(node.this)
            if inner is None:
                return None
            return exp.Case().when(node.expression.this.copy(), inner).else_("0")
        case exp.Count() if isinstance(node.this, exp.Star):
            return exp.Literal.number(1)
        case exp.Count() if not isinstance(node.this, exp.Distinct):
            return exp.Case().when(node.this.copy().is_(exp.null()), "0").else_("1")
        case exp.Sum() if not isinstance(node.this, exp.Distinct):
            return exp.Paren(this=node.this.copy())
        case _:
            return None
