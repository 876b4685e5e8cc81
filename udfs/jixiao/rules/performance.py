"""业绩评价: from completion rates to quarter scores and the year's performance score (R1–R3; 四(一), 四(二)1)."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import pandas as pd

from jixiao.exact import dot, total
from jixiao.findings import Finding
from jixiao.policy.model import QUARTERS, Policy
from jixiao.rules.inputs import RATE_COLUMNS, Absent, Rate, records
from jixiao.rules.model import Performance, Quarter, QuarterState
from jixiao.rules.rounding import posted

Task = tuple[int, Fraction | None, Rate]  # row, weight (None: unusable), rate

_BLOCKED = Quarter(QuarterState.BLOCKED)


def assess_performance(
    tasks: pd.DataFrame, departments: pd.DataFrame, policy: Policy
) -> tuple[list[Performance], list[Finding]]:
    """业绩评价 of every department, in their order, and what keeps figures from being computed.

    A quarter nobody has begun is not computed and no fault; in a quarter begun, each hole is one.
    """
    if tasks.empty and not departments.empty:
        idle = _year([Quarter(QuarterState.NOT_BEGUN)] * 4, policy)
        return [idle] * len(departments), [Finding("T15", "tasks")]
    columns = _rate_columns(policy)
    ledger = dict(list(tasks.groupby("department", sort=False)))
    findings: list[Finding] = []
    begun = [_begun(tasks[column]) for column in columns]
    findings.extend(
        Finding("T11", "tasks", None, column, {"quarter": _label(column, number)})
        for number, column in enumerate(columns)
        if not begun[number]
    )
    years: list[Performance] = []
    for position, department in enumerate(records(departments)):
        own = ledger.get(position)
        if own is None:
            findings.append(Finding("D04", "departments", department["row"], "name", {"name": department["name"]}))
            years.append(_year([_BLOCKED] * 4, policy))
            continue
        rows: list[int] = own["row"].tolist()
        weights: list[Fraction | None] = own["weight"].tolist()
        quarters = []
        for number, column in enumerate(columns):
            column_tasks = list(zip(rows, weights, own[column].tolist(), strict=True))
            quarters.append(quarter_score(column_tasks, department["coefficient"], policy, begun=begun[number]))
            findings.extend(
                Finding("T10", "tasks", row, column, {"quarter": _label(column, number), "name": department["name"]})
                for row, _, rate in column_tasks
                if rate is None and begun[number]
            )
        year = _year(quarters, policy)
        findings.extend(_idle_findings(year, policy, department["name"], rows[0], columns))
        years.append(year)
    return years, findings


def quarter_score(
    tasks: Iterable[Task], coefficient: Fraction | None, policy: Policy, *, begun: bool = True
) -> Quarter:
    """季度得分 of one department (R1): 100 × 评价系数 × Σ(任务权重 × 完成率) ÷ Σ(任务权重).

    Only tasks with work in the quarter enter. A hole, an unreadable cell or an unusable weight or coefficient blocks
    the figure; a department whose every task has a slash is idle.
    """
    planned = [(weight, rate) for _, weight, rate in tasks if not isinstance(rate, Absent)]
    if not planned:
        return Quarter(QuarterState.IDLE)
    if not begun:
        return Quarter(QuarterState.NOT_BEGUN)
    weights = [weight for weight, _ in planned if weight is not None]
    rates = [rate for _, rate in planned if isinstance(rate, Fraction)]
    if len(weights) < len(planned) or len(rates) < len(planned) or coefficient is None:
        return _BLOCKED
    whole = total(weights)
    weighted = dot(rates, weights)
    rate = weighted / whole
    raw = 100 * coefficient * rate
    capped = policy.quarter_cap is not None and raw > policy.quarter_cap
    score = policy.quarter_cap if capped and policy.quarter_cap is not None else raw
    return Quarter(QuarterState.SCORED, len(planned), weighted, whole, rate, coefficient, capped, posted(score, policy))


def performance_score(quarters: Sequence[Fraction | None], policy: Policy) -> tuple[Fraction | None, Fraction | None]:
    """业绩评价得分 from four quarter scores (R3), and the first three's mean on the way; None is an idle quarter."""
    present = [score for score in quarters[:3] if score is not None]
    mean = total(present) / len(present) if present else None
    if mean is None or quarters[3] is None or (len(present) < 3 and policy.idle_quarter == "暂不计分"):
        return None, mean
    return posted(mean * policy.first_three_weight + quarters[3] * policy.fourth_weight, policy), mean


def _year(quarters: Sequence[Quarter], policy: Policy) -> Performance:
    first, second, third, fourth = quarters
    idle = tuple(number for number, quarter in enumerate(quarters) if quarter.state is QuarterState.IDLE)
    complete = all(quarter.state in {QuarterState.SCORED, QuarterState.IDLE} for quarter in quarters)
    score, mean = performance_score([quarter.score for quarter in quarters], policy) if complete else (None, None)
    return Performance((first, second, third, fourth), mean, idle, score)


def _idle_findings(year: Performance, policy: Policy, name: str, row: int, columns: Sequence[str]) -> list[Finding]:
    """An idle quarter is told (R3); without any of the first three, or without the fourth, there is no score."""
    early = [number for number in year.idle if number < 3]
    blocking = len(early) == 3 or (bool(early) and policy.idle_quarter == "暂不计分")
    return [
        Finding(
            "T13" if number == 3 or blocking else "T12",
            "tasks",
            row,
            columns[number],
            {"name": name, "quarter": QUARTERS[number]},
        )
        for number in year.idle
    ]


def _rate_columns(policy: Policy) -> tuple[str, ...]:
    """The ledger's columns of the four quarters; the fourth may be taken from 年终完成率 (第四季度取数)."""
    return RATE_COLUMNS if policy.fourth_source == "四季度完成率" else (*RATE_COLUMNS[:3], "rate_year")


def _label(column: str, number: int) -> str:
    return "年终" if column == "rate_year" else QUARTERS[number]


def _begun(rates: pd.Series) -> bool:
    """Whether anybody has reported in this quarter: slashes may stand there from the start of the year.

    A column of slashes without a hole is a quarter without work, which is complete.
    """
    cells = rates.tolist()
    return any(cell is not None and not isinstance(cell, Absent) for cell in cells) or None not in cells
