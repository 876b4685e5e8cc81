"""名次 and 等次 of a list of scores (R10–R12)."""

import numpy as np

from jixiao.exact import Scaled, scaled_floats, scaled_fractions
from jixiao.formulas.arguments import as_column, figure, list_of, per_row, policy_of, yes_or_count
from jixiao.formulas.cells import Answer, Cells, FormulaError
from jixiao.formulas.columns import plain_points, plain_text
from jixiao.policy.model import Policy
from jixiao.rules.ranking import lowest, print_places, rank_columns, seats
from jixiao.rules.rounding import final
from jixiao.rules.standing import poor_reason
from jixiao.text import is_blank


def places(scores: Cells, settings: Cells | None) -> Answer:
    """名次 by the rounded score, as a column (R10). An empty score is a fault: the others' places hang on it."""
    policy = policy_of(settings)
    found = rank_columns([_scores(scores, policy)])
    return as_column([float(place) for place in print_places(found, policy)])


def grades(scores: Cells, last_before: Cells | None, settings: Cells | None) -> Answer:
    """等次 as a column (R11, R12); `last_before` are the years before in which a 科室 was last, one after another."""
    policy = policy_of(settings)
    rounded = _scores(scores, policy)
    units = rounded.units.tolist()
    before = _were_last(last_before, len(units), policy)
    seated, bottom = seats(len(units), policy), lowest(units)
    below = rounded.below(policy.poor_line).tolist()
    # A tie on a line gets the better grade: its place is the first of those it spans.
    return as_column(
        [
            "较差" if poor_reason(below=low, last=unit == bottom, last_before=was_last) else seated.grade(place)
            for unit, place, low, was_last in zip(units, rank_columns([rounded]), below, before, strict=True)
        ]
    )


def _were_last(cells: Cells | None, count: int, policy: Policy) -> list[bool]:
    """Whether each 科室 was last in all of the years before that 连续末位年数 asks for."""
    needed = policy.last_years - 1
    if cells is None:
        return [needed <= 0] * count
    return [
        (0 if is_blank(cell) else yes_or_count(cell, f"第 {number} 个此前连续末位年数")) >= needed
        for number, cell in enumerate(per_row(cells, count, "此前连续末位年数"), start=1)
    ]


def _scores(cells: Cells, policy: Policy) -> Scaled:
    """The scores, rounded; a column of plain numbers at once."""
    if policy.tie_breakers:
        raise FormulaError("参数“并列排序”要用到其他得分，函数里用不了，请用“计算得分”")
    listed = [plain_text(cell) for cell in list_of(cells, "得分")]
    if all(cell is not None and plain_points(cell) for cell in listed):
        return final(scaled_floats(np.array(listed, dtype=np.float64)), policy)
    exact = [figure(cell, f"第 {number} 个得分") for number, cell in enumerate(listed, start=1)]
    return final(scaled_fractions(exact), policy)
