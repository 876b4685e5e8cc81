"""The same scores for many rows at once: columns of plain numbers through the rules' own formulas.

Only rows of numbers in range come here, those with the same quarters without work together; whatever is another text,
empty or out of range goes row by row and gets its own message.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from jixiao.exact import Scaled, added, scaled_floats
from jixiao.explain.arithmetic import figures
from jixiao.explain.line import Way, way_line
from jixiao.policy.model import Policy
from jixiao.rules.appraisal import weigh_parts
from jixiao.rules.performance import weigh_quarters
from jixiao.rules.review import weigh_groups

_PLAIN = re.compile(r"\d{1,9}(?:\.\d{1,5})?", re.ASCII)
_SLASH = "/"
_FULL = 100
_MOST = 1e9  # what no score reaches: larger numbers could leave the range of a float

Row = Sequence[Any]


Worked = tuple[int, ...]
"""Which of the first three quarters have a score."""


def plain_text(cell: object) -> object:
    """A short decimal typed as text as the number it is; whatever else as it stands."""
    return float(cell) if type(cell) is str and _PLAIN.fullmatch(cell) else cell


def plain_quarters(row: Sequence[object], policy: Policy) -> Worked | None:
    """Which quarters of a row have a score, where it holds nothing that needs a second look; else None."""
    *early, fourth = row
    if not _is_score(fourth):
        return None
    worked = tuple(number for number, cell in enumerate(early) if _is_score(cell))
    if len(worked) == len(early):
        return worked
    idle = all(cell == _SLASH for number, cell in enumerate(early) if number not in worked)
    return worked if worked and idle and policy.idle_quarter == "按有任务季度平均" else None


def _is_score(cell: object) -> bool:
    return type(cell) is float and 0 <= cell <= _MOST


def plain_groups(row: Sequence[object]) -> bool:
    """Whether a row holds nothing but group means that need no second look."""
    return all(type(cell) is float and 0 <= cell <= _FULL for cell in row)


def plain_points(cell: object) -> bool:
    """Whether net points are missing or a number."""
    return cell is None or (type(cell) is float and -_MOST <= cell <= _MOST)


def performance_column(quarters: Sequence[Row], worked: Worked, policy: Policy) -> list[float]:
    """业绩评价得分 of rows of four quarter scores, with work in `worked` and the fourth (R3)."""
    return _performances(_quarters(quarters, worked), policy).as_floats()


def review_column(groups: Sequence[Row], policy: Policy) -> list[float]:
    """履职评价得分 of rows of three group means (R5)."""
    return weigh_groups(_columns(groups), policy).as_floats()


def score_column(
    quarters: Sequence[Row], worked: Worked, groups: Sequence[Row], net: Sequence[float | None], policy: Policy
) -> list[float]:
    """考核得分 of rows of quarter scores, group means and net points, None being none (R9)."""
    performances = _performances(_quarters(quarters, worked), policy)
    reviews = weigh_groups(_columns(groups), policy)
    return weigh_parts(performances, reviews, _points(net), policy).as_floats()


def line_column(
    quarters: Sequence[Row], worked: Worked, groups: Sequence[Row], net: Sequence[float | None], policy: Policy
) -> list[str]:
    """How the 考核得分 of such rows came about, a line for each."""
    scores, means, points = _quarters(quarters, worked), _columns(groups), _points(net)
    performances, reviews = _performances(scores, policy), weigh_groups(means, policy)
    *early, fourth = (figures(column, policy) for column in scores)
    way = Way(
        early=early,
        fourth=fourth,
        performance=figures(performances, policy),
        weighed=[
            (figures(column, policy), weight)
            for column, weight in zip(means, policy.group_weights, strict=True)
            if weight
        ],
        reweighted=False,
        review=figures(reviews, policy),
        points=(
            figures(points.at_least_zero(), policy),
            figures((points * Fraction(-1)).at_least_zero(), policy),
        ),
        score=figures(weigh_parts(performances, reviews, points, policy), policy),
    )
    lines: list[str] = way_line(way, policy).tolist()
    return lines


def _performances(quarters: Sequence[Scaled], policy: Policy) -> Scaled:
    *early, fourth = quarters
    return weigh_quarters(added(early) * Fraction(1, len(early)), fourth, policy)


def _quarters(rows: Sequence[Row], worked: Worked) -> list[Scaled]:
    """The columns of the quarters with work, the fourth last."""
    return _columns([[row[number] for number in (*worked, 3)] for row in rows])


def _points(net: Sequence[float | None]) -> Scaled:
    return scaled_floats(np.array([value or 0.0 for value in net], dtype=np.float64))


def _columns(rows: Sequence[Row]) -> list[Scaled]:
    return [scaled_floats(column) for column in np.array(rows, dtype=np.float64).T]
