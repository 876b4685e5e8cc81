"""名次 and 等次 of a list of scores (R10–R12)."""

from collections import Counter
from fractions import Fraction

from jixiao.formulas.arguments import as_column, figure, list_of, per_row, policy_of, yes_or_count
from jixiao.formulas.cells import Answer, Cells, FormulaError, Value
from jixiao.policy.model import Policy
from jixiao.rules.model import Standing
from jixiao.rules.ranking import lowest, print_places, rank, seats
from jixiao.rules.rounding import final
from jixiao.rules.standing import judge_poor
from jixiao.text import is_blank


def places(scores: Cells, settings: Cells | None) -> Answer:
    """名次 by the rounded score, as a column (R10). An empty score is a fault: the others' places hang on it."""
    policy = policy_of(settings)
    found = rank([(score,) for score in _scores(scores, policy)])
    return as_column([float(place) for place in print_places(found, policy)])


def grades(scores: Cells, last_before: Cells | None, settings: Cells | None) -> Answer:
    """等次 as a column (R11, R12); `last_before` are the years before in which a 科室 was last, one after another."""
    policy = policy_of(settings)
    rounded = _scores(scores, policy)
    before = per_row(last_before, len(rounded), "此前连续末位年数")
    seated, bottom = seats(len(rounded), policy), lowest(rounded)
    found = rank([(score,) for score in rounded])
    sharing = Counter(found)
    column: list[Value] = []
    for number, (score, place, cell) in enumerate(zip(rounded, found, before, strict=True), start=1):
        years = Fraction(0) if is_blank(cell) else yes_or_count(cell, f"第 {number} 个此前连续末位年数")
        line, grade = seated.overrun(place, sharing[place]), seated.grade(place)
        was_last = years >= policy.last_years - 1
        standing = Standing(place, place, grade, seated, grade, score == bottom, line, last_before=was_last)
        column.append(judge_poor(standing, score, policy).grade)
    return as_column(column)


def _scores(cells: Cells, policy: Policy) -> list[Fraction]:
    if policy.tie_breakers:
        raise FormulaError("参数“并列排序”要用到其他得分，函数里用不了，请用“计算得分”")
    return [
        final(figure(cell, f"第 {number} 个得分"), policy)
        for number, cell in enumerate(list_of(cells, "得分"), start=1)
    ]
