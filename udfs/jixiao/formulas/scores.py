"""Scores of one 科室 a row: quarters, 业绩评价, 履职评价, 考核得分 (R1–R5, R9)."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from jixiao.exact import percent, scaled_fractions
from jixiao.explain.arithmetic import Term
from jixiao.explain.arithmetic import figure as shown
from jixiao.explain.line import Way, way_line
from jixiao.formulas import columns
from jixiao.formulas.arguments import (
    answer_in_columns,
    figure,
    figure_or_slash,
    list_of,
    per_row,
    policy_of,
    rows_of,
    short,
)
from jixiao.formulas.cells import Answer, Cells, FormulaError, Value
from jixiao.policy.model import QUARTERS, RATER_GROUPS, Policy
from jixiao.rules.appraisal import weigh_parts
from jixiao.rules.inputs import Rate
from jixiao.rules.performance import performance_score, quarter_score, sum_tasks
from jixiao.rules.review import review_score
from jixiao.sheets.cells import parse_rate
from jixiao.text import Unreadable, is_blank, number, percentage

_FULL = 100

Annual = tuple[list[Any], list[Any], Any]


class _Year(NamedTuple):
    """The figures of one 科室: quarter scores, group means, net points, and what they make."""

    quarters: Sequence[Fraction | None]
    means: Sequence[Fraction | None]
    net: Fraction
    performance: Fraction
    review: Fraction
    score: Fraction


def scores(quarters: Cells, reviews: Cells, points: Cells | None, settings: Cells | None) -> Answer:
    """考核得分 of every row (R9)."""
    return _annual((quarters, reviews, points), settings, lambda year, _: float(year.score), columns.score_column)


def explanations(quarters: Cells, reviews: Cells, points: Cells | None, settings: Cells | None) -> Answer:
    """How 考核得分 of every row came about, one line each (R3, R5, R9)."""
    return _annual((quarters, reviews, points), settings, _line, columns.line_column)


def annual_rows(quarters: Cells, reviews: Cells, points: Cells | None) -> list[Annual]:
    """The three arguments side by side, one 科室 a row; FormulaError when they do not have the same rows."""
    fours, threes = _rows(quarters, len(QUARTERS), "季度得分"), _rows(reviews, len(RATER_GROUPS), "履职评分")
    if len(fours) != len(threes):
        raise FormulaError(f"季度得分有 {len(fours)} 行，履职评分有 {len(threes)} 行，要一样多")
    net = map(columns.plain_text, per_row(points, len(fours), "加减分"))
    return list(zip(fours, threes, net, strict=True))


def _rows(cells: Cells, width: int, name: str) -> list[list[object]]:
    return [list(map(columns.plain_text, row)) for row in rows_of(cells, width, name)]


def _annual(
    arguments: tuple[Cells, Cells, Cells | None],
    settings: Cells | None,
    tell: Callable[[_Year, Policy], Value],
    column: Callable[
        [Sequence[columns.Row], columns.Worked, Sequence[columns.Row], Sequence[float | None], Policy], Sequence[Value]
    ],
) -> Answer:
    """What `tell` says of every row; `column` says the same of many rows of plain numbers at once."""
    policy = policy_of(settings)

    def alike(row: Annual) -> columns.Worked | None:
        plain = columns.plain_groups(row[1]) and columns.plain_points(row[2])
        return columns.plain_quarters(row[0], policy) if plain else None

    def together(rows: list[Annual], worked: columns.Worked) -> Sequence[Value]:
        quarters, groups, points = zip(*rows, strict=True)
        return column(quarters, worked, groups, points, policy)

    return answer_in_columns(annual_rows(*arguments), lambda row: tell(_year(*row, policy), policy), alike, together)


def _year(quarters: Sequence[object], groups: Sequence[object], points: object, policy: Policy) -> _Year:
    """The year of one 科室; no net points is none."""
    net = Fraction(0) if is_blank(points) else figure(points, "加减分")
    scores = _quarters(quarters)
    year = performance(scores, policy)
    means = _means(groups)
    assessed = review(means, policy)
    return _Year(scores, means, net, year, assessed, weigh_parts(year, assessed, net, policy))


def _line(year: _Year, policy: Policy) -> str:
    """How the 考核得分 came about."""

    def written(value: Fraction) -> Term:
        return shown(value, policy)

    weighing = [pair for pair in zip(year.means, policy.group_weights, strict=True) if pair[1]]
    weighed = [(written(mean), weight) for mean, weight in weighing if mean is not None]
    *early, fourth = year.quarters
    way = Way(
        early=[written(quarter) for quarter in early if quarter is not None],
        fourth=written(fourth or Fraction(0)),
        performance=written(year.performance),
        weighed=weighed,
        reweighted=len(weighed) < len(weighing),
        review=written(year.review),
        points=(written(max(year.net, Fraction(0))), written(max(-year.net, Fraction(0)))),
        score=written(year.score),
    )
    return way_line(way, policy)


def performances(quarters: Cells, settings: Cells | None) -> Answer:
    """业绩评价得分 of every row (R3)."""
    policy = policy_of(settings)
    return answer_in_columns(
        _rows(quarters, len(QUARTERS), "季度得分"),
        lambda row: float(performance(_quarters(row), policy)),
        lambda row: columns.plain_quarters(row, policy),
        lambda rows, worked: columns.performance_column(rows, worked, policy),
    )


def _quarters(cells: Sequence[object]) -> list[Fraction | None]:
    """Four quarter scores; a slash is a quarter without work."""
    quarters = [figure_or_slash(cell, f"{name}得分") for cell, name in zip(cells, QUARTERS, strict=True)]
    for score, name in zip(quarters, QUARTERS, strict=True):
        if score is not None and score < 0:
            raise FormulaError(f"{name}得分是负数")
    return quarters


def performance(quarters: Sequence[Fraction | None], policy: Policy) -> Fraction:
    """业绩评价得分 of one 科室 from its four quarter scores."""
    score, mean = performance_score(quarters, policy)
    if score is not None:
        return score
    if quarters[3] is None:
        raise FormulaError("季度得分里第四季度没有任务，业绩评价得分算不出来")
    if mean is None:
        raise FormulaError("季度得分里前三个季度都没有任务，业绩评价得分算不出来")
    raise FormulaError("季度得分里有季度没有任务，参数“无任务季度”是暂不计分")


def reviews(groups: Cells, settings: Cells | None) -> Answer:
    """履职评价得分 of every row (R5)."""
    policy = policy_of(settings)
    return answer_in_columns(
        _rows(groups, len(RATER_GROUPS), "履职评分"),
        lambda row: float(review(_means(row), policy)),
        lambda row: columns.plain_groups(row) or None,
        lambda rows, _: columns.review_column(rows, policy),
    )


def _means(cells: Sequence[object]) -> list[Fraction | None]:
    """Three group means; an empty one is a group without enough valid ballots."""
    named = [(cell, f"履职评分的{name}") for cell, name in zip(cells, RATER_GROUPS, strict=True)]
    means = [None if is_blank(cell) else figure(cell, name) for cell, name in named]
    for mean, (_, name) in zip(means, named, strict=True):
        if mean is not None and not 0 <= mean <= _FULL:
            raise FormulaError(f"{name}不在 0 到 100 之间")
    return means


def review(means: Sequence[Fraction | None], policy: Policy) -> Fraction:
    """履职评价得分 of one 科室 from its three group means."""
    score, _ = review_score(means, policy)
    if score is None:
        missing = "、".join(name for mean, name in zip(means, RATER_GROUPS, strict=True) if mean is None)
        raise FormulaError(f"履职评分缺{missing}")
    return score


def quarter(rates: Cells, weights: Cells | None, coefficient: Cells | None, settings: Cells | None) -> Answer:
    """季度得分 of one 科室 from its tasks' rates, or “/” when none of them was planned for the quarter (R1, R2)."""
    policy = policy_of(settings)
    cells = list_of(rates, "完成率")
    parsed = [_rate(cell, place, policy) for place, cell in enumerate(cells, start=1)]
    numbered = enumerate(per_row(weights, len(cells), "任务权重", "完成率"), start=1)
    shares = [Fraction(1) if is_blank(cell) else _positive(cell, f"第 {place} 个任务权重") for place, cell in numbered]
    (given,) = per_row(coefficient, 1, "评价系数")
    factor = Fraction(1) if is_blank(given) else _positive(given, "评价系数")
    owners, weighed = np.zeros(len(cells), dtype=np.int64), np.ones(len(cells), dtype=bool)
    (sums,) = sum_tasks(scaled_fractions(shares), weighed, parsed, owners, 1)
    score = quarter_score(sums, factor, policy).score
    return "/" if score is None else float(score)


def _rate(cell: object, place: int, policy: Policy) -> Rate:
    """A rate as on its sheet (R2); a function sees no formats, so up to 完成率上限 a number is a percent cell's."""
    rate, _ = parse_rate(None if is_blank(cell) else cell, is_percent=False, cap=policy.rate_cap)
    plain_number = None if isinstance(cell, str) else number(cell)
    if plain_number is not None and 1 < plain_number <= (policy.rate_cap or 1):
        if isinstance(rate, Fraction):  # from 2 on it may be per cent as well
            meant = f"{percent(rate)} 还是 {percent(plain_number)}"
            raise FormulaError(
                f"第 {place} 个完成率 {short(cell)} 分不清是 {meant}，请写成“{percent(plain_number)}”这样的文字"
            )
        return plain_number
    if rate is None:
        raise FormulaError(f"第 {place} 个完成率是空的，没有安排任务请填“/”")
    if isinstance(rate, Unreadable):
        highest = percent(policy.rate_cap or Fraction(1))
        raise FormulaError(f"第 {place} 个完成率“{short(cell)}”不对，请填 0% 到 {highest} 之间的数")
    return rate


def _positive(cell: object, name: str) -> Fraction:
    """A weight or coefficient, which may be written as a share such as 95%, as on its sheet."""
    written = percentage(cell)
    found = figure(cell, name) if written is None else written
    if found <= 0:
        raise FormulaError(f"{name}要大于 0")
    return found
