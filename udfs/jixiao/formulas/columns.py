"""The same scores for many rows at once: columns of plain numbers through the rules' own formulas.

Only rows of nothing but numbers in range come here; whatever is a text, empty, a slash or out of range goes row by
row and gets its own message.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from jixiao.exact import Scaled, scaled_floats
from jixiao.policy.model import Policy
from jixiao.rules.appraisal import weigh_parts
from jixiao.rules.performance import weigh_quarters
from jixiao.rules.review import weigh_groups

_THIRD = Fraction(1, 3)
_FULL = 100
_MOST = 1e9  # what no score reaches: larger numbers could leave the range of a float

Row = Sequence[Any]


def plain_quarters(row: Sequence[object]) -> bool:
    """Whether a row holds nothing but quarter scores that need no second look."""
    return all(type(cell) is float and 0 <= cell <= _MOST for cell in row)


def plain_groups(row: Sequence[object]) -> bool:
    """Whether a row holds nothing but group means that need no second look."""
    return all(type(cell) is float and 0 <= cell <= _FULL for cell in row)


def plain_points(cell: object) -> bool:
    """Whether net points are missing or a number."""
    return cell is None or (type(cell) is float and -_MOST <= cell <= _MOST)


def performance_column(quarters: Sequence[Row], policy: Policy) -> Scaled:
    """业绩评价得分 of rows of four quarter scores (R3)."""
    first, second, third, fourth = _columns(quarters)
    return weigh_quarters((first + second + third) * _THIRD, fourth, policy)


def review_column(groups: Sequence[Row], policy: Policy) -> Scaled:
    """履职评价得分 of rows of three group means (R5)."""
    return weigh_groups(_columns(groups), policy)


def score_column(quarters: Sequence[Row], groups: Sequence[Row], net: Sequence[float | None], policy: Policy) -> Scaled:
    """考核得分 of rows of quarter scores, group means and net points, None being none (R9)."""
    points = scaled_floats(np.array([value or 0.0 for value in net], dtype=np.float64))
    return weigh_parts(performance_column(quarters, policy), review_column(groups, policy), points, policy)


def _columns(rows: Sequence[Row]) -> list[Scaled]:
    return [scaled_floats(column) for column in np.array(rows, dtype=np.float64).T]
