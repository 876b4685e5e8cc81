"""The whole way to a 考核得分 in one line (四(二)4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic

from jixiao.exact import Exact
from jixiao.explain.arithmetic import Text, Written, joined
from jixiao.explain.performance import year_formula
from jixiao.explain.review import review_formula
from jixiao.explain.standing import score_formula
from jixiao.policy.model import Policy


@dataclass(frozen=True)
class Way(Generic[Text, Exact]):
    """The figures a 考核得分 is made of: of one 科室, or a column of each.

    `early` are the first three quarters that have a score; `weighed` the group means there are, each with its weight,
    `reweighted` where others are missing; `points` 加分 and 减分.
    """

    early: Sequence[Written[Text, Exact]]
    fourth: Written[Text, Exact]
    performance: Written[Text, Exact]
    weighed: Sequence[tuple[Written[Text, Exact], Fraction]]
    reweighted: bool
    review: Written[Text, Exact]
    points: tuple[Written[Text, Exact], Written[Text, Exact]]
    score: Written[Text, Exact]


def way_line(way: Way[Text, Exact], policy: Policy) -> Text:
    """How 考核得分 came about, from the quarter scores and group means on (R3, R5, R9)."""
    year = "业绩评价得分：" + year_formula(way.early, way.fourth, way.performance, policy)
    assessed = "履职评价得分：" + review_formula(way.weighed, way.review, reweighted=way.reweighted)
    scored = "考核得分：" + score_formula(way.performance, way.review, way.points, way.score, policy)
    return joined("；", [year, assessed, scored])
