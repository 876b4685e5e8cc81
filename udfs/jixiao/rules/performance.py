"""业绩评价: from completion rates to quarter scores and the year's performance score (R1–R3; 四(一), 四(二)1)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from jixiao.exact import Exact, Scaled, scaled_fractions, sum_by, times, total
from jixiao.findings import Finding
from jixiao.policy.model import QUARTERS, Policy
from jixiao.rules.inputs import RATE_COLUMNS, Absent, Rate, records
from jixiao.rules.model import Performance, Quarter, QuarterState
from jixiao.rules.rounding import posted

Mask = npt.NDArray[np.bool_]

_ZERO = Fraction(0)


def assess_performance(
    tasks: pd.DataFrame, departments: pd.DataFrame, policy: Policy
) -> tuple[list[Performance], list[Finding]]:
    """业绩评价 of every department, in their order, and what keeps figures from being computed.

    A quarter nobody has begun is not computed and no fault; in a quarter begun, each hole is one.
    """
    if tasks.empty and not departments.empty:
        empty = [Quarter(QuarterState.NOT_BEGUN, coefficient=value) for value in departments["coefficient"]]
        return [_year([quarter] * 4, policy) for quarter in empty], [Finding("T15", "tasks")]
    columns = rate_columns(policy)
    rates: list[list[Rate]] = [tasks[column].tolist() for column in columns]
    rows: list[int] = tasks["row"].tolist()
    owners = tasks["department"].to_numpy(dtype=np.int64)
    weights: list[Fraction | None] = tasks["weight"].tolist()
    shares = scaled_fractions(_ZERO if weight is None else weight for weight in weights)
    weighed = np.array([weight is not None for weight in weights], dtype=bool)
    sums = [sum_tasks(shares, weighed, cells, owners, len(departments)) for cells in rates]
    begun = [_begun(cells) for cells in rates]
    names: list[str] = departments["name"].tolist()
    findings = [*_unbegun_findings(columns, begun), *_hole_findings(columns, rates, begun, (rows, owners, names))]
    first_rows = dict(zip(reversed(owners.tolist()), reversed(rows), strict=True))
    years: list[Performance] = []
    for position, department in enumerate(records(departments)):
        if position not in first_rows:
            findings.append(Finding("D04", "departments", department["row"], "name", {"name": names[position]}))
            blocked = Quarter(QuarterState.BLOCKED, coefficient=department["coefficient"])
            years.append(_year([blocked] * 4, policy))
            continue
        quarters = [
            quarter_score(quarter[position], department["coefficient"], policy, begun=begun[number])
            for number, quarter in enumerate(sums)
        ]
        year = _year(quarters, policy)
        told = [number for number in year.idle if begun[number]]
        findings.extend(_idle_findings(year, told, policy, (names[position], first_rows[position], columns)))
        years.append(year)
    return years, findings


class TaskSums(NamedTuple):
    """One department's tasks in a quarter: how many have work in it, how many of those can be computed with, and
    over these Σ(任务权重 × 完成率) and Σ(任务权重).
    """

    planned: int
    usable: int
    weighted: Fraction
    weights: Fraction


def sum_tasks(
    weights: Scaled, weighed: Mask, rates: Sequence[Rate], owners: npt.NDArray[np.int64], count: int
) -> list[TaskSums]:
    """The sums of one quarter for `count` departments.

    `weights` are the tasks' weights, usable where `weighed`; `owners` are the positions of their departments.
    """
    planned = np.array([cell is not Absent.SLASH for cell in rates], dtype=bool)
    usable = weighed & np.array([type(cell) is Fraction for cell in rates], dtype=bool)
    parts = scaled_fractions(cell if type(cell) is Fraction else _ZERO for cell in rates)
    products, where = times(weights, parts), owners[usable]
    weighted = sum_by(Scaled(products.units[usable], products.scale), where, count)
    whole = sum_by(Scaled(weights.units[usable], weights.scale), where, count)
    all_planned, all_usable = np.bincount(owners[planned], minlength=count), np.bincount(where, minlength=count)
    return [
        TaskSums(int(all_planned[place]), int(all_usable[place]), weighted[place], whole[place])
        for place in range(count)
    ]


def quarter_score(tasks: TaskSums, coefficient: Fraction | None, policy: Policy, *, begun: bool = True) -> Quarter:
    """季度得分 of one department (R1): 100 × 评价系数 × Σ(任务权重 × 完成率) ÷ Σ(任务权重).

    Only tasks with work in the quarter enter. A hole, an unreadable cell or an unusable weight or coefficient blocks
    the figure; a department whose every task has a slash is idle.
    """
    if not tasks.planned:
        return Quarter(QuarterState.IDLE, coefficient=coefficient)
    if not begun:
        return Quarter(QuarterState.NOT_BEGUN, coefficient=coefficient)
    if tasks.usable < tasks.planned or coefficient is None:
        return Quarter(QuarterState.BLOCKED, coefficient=coefficient)
    rate = tasks.weighted / tasks.weights
    raw = 100 * coefficient * rate
    cap = policy.quarter_cap
    capped = cap is not None and raw > cap
    score = posted(cap if cap is not None and capped else raw, policy)
    return Quarter(QuarterState.SCORED, tasks.weighted, tasks.weights, rate, coefficient, capped, score)


def performance_score(quarters: Sequence[Fraction | None], policy: Policy) -> tuple[Fraction | None, Fraction | None]:
    """业绩评价得分 from four quarter scores (R3), and the first three's mean on the way; None is an idle quarter."""
    present = [score for score in quarters[:3] if score is not None]
    mean = total(present) / len(present) if present else None
    if mean is None or quarters[3] is None or (len(present) < 3 and policy.idle_quarter == "暂不计分"):
        return None, mean
    return weigh_quarters(mean, quarters[3], policy), mean


def weigh_quarters(mean: Exact, fourth: Exact, policy: Policy) -> Exact:
    """业绩评价得分 from the mean of the first three quarters and the fourth (R3)."""
    return posted(mean * policy.first_three_weight + fourth * policy.fourth_weight, policy)


def _year(quarters: Sequence[Quarter], policy: Policy) -> Performance:
    first, second, third, fourth = quarters
    idle = tuple(number for number, quarter in enumerate(quarters) if quarter.state is QuarterState.IDLE)
    complete = all(quarter.state in {QuarterState.SCORED, QuarterState.IDLE} for quarter in quarters)
    score = performance_score([quarter.score for quarter in quarters], policy)[0] if complete else None
    return Performance((first, second, third, fourth), idle, score)


def _idle_findings(
    year: Performance, told: Sequence[int], policy: Policy, place: tuple[str, int, Sequence[str]]
) -> list[Finding]:
    """An idle quarter is told (R3); without any of the first three, or without the fourth, there is no score.

    `told` are those begun: while nobody has reported, a slash may still become a task. `place` is the department's
    name, its first row and the quarters' columns.
    """
    name, row, columns = place
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
        for number in told
    ]


def _unbegun_findings(columns: Sequence[str], begun: Sequence[bool]) -> list[Finding]:
    return [
        Finding("T11", "tasks", None, column, {"quarter": _label(column, number)})
        for number, column in enumerate(columns)
        if not begun[number]
    ]


def _hole_findings(
    columns: Sequence[str],
    rates: Sequence[Sequence[Rate]],
    begun: Sequence[bool],
    places: tuple[Sequence[int], npt.NDArray[np.int64], Sequence[str]],
) -> list[Finding]:
    """Every hole of a quarter begun; `places` are the tasks' rows and departments, and the departments' names."""
    rows, owners, names = places
    return [
        Finding("T10", "tasks", rows[index], column, {"quarter": _label(column, number), "name": names[owners[index]]})
        for number, column in enumerate(columns)
        if begun[number]
        for index, cell in enumerate(rates[number])
        if cell is None
    ]


def rate_columns(policy: Policy) -> tuple[str, ...]:
    """The ledger's columns of the four quarters; the fourth may be taken from 年终完成率 (第四季度取数)."""
    return RATE_COLUMNS if policy.fourth_source == "四季度完成率" else (*RATE_COLUMNS[:3], "rate_year")


def _label(column: str, number: int) -> str:
    return "年终" if column == "rate_year" else QUARTERS[number]


def _begun(cells: Sequence[Rate]) -> bool:
    """Whether anybody has reported in this quarter: slashes may stand there from the start of the year.

    A column of slashes without a hole is a quarter without work, which is complete.
    """
    return any(cell is not None and not isinstance(cell, Absent) for cell in cells) or None not in cells
