"""Slips in 任务台账 that pass each cell's own check: 0 for a slash, a digit lost, a task entered twice (R1, R2)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

import pandas as pd

from jixiao.exact import percent
from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.inputs import Rate
from jixiao.rules.performance import rate_columns
from jixiao.text import key

_OF_EARLIER = 5  # below a fifth of the lowest earlier quarter, once there are two
_SLACK = 1e-9  # so that no float hides what an exact look would find
_OF_OTHERS = 8  # below an eighth of the lowest of the three other quarters


def ledger_slips(tasks: pd.DataFrame, departments: Sequence[str], policy: Policy) -> Iterator[Finding]:
    """Rates of 0, rates far below the task's other quarters, and tasks that stand twice in a 科室."""
    columns = rate_columns(policy)
    rows, owners = tasks["row"].tolist(), tasks["department"].tolist()
    zeros: dict[int, list[tuple[int, str | None]]] = defaultdict(list)
    years: list[tuple[Rate, ...]] = list(zip(*(tasks[column].tolist() for column in columns), strict=True))
    for index in _worth_a_look(years):
        row, year = rows[index], years[index]
        for number, rate in enumerate(year):
            if type(rate) is not Fraction:
                continue
            if not rate:
                zeros[owners[index]].append((row, columns[number]))
            elif (lowest := _far_above(year, number)) is not None:
                params = {"value": percent(rate), "lowest": percent(lowest)}
                yield Finding("T23", "tasks", row, columns[number], params)
    for owner, cells in zeros.items():
        counted: dict[str, object] = {"name": departments[owner], "count": len(cells)}
        yield Finding("T22", "tasks", *cells[0], counted, more=tuple(cells[1:]))
    yield from _repeated_tasks(tasks, departments)


def _worth_a_look(years: Sequence[tuple[Rate, ...]]) -> list[int]:
    """The few tasks with a rate below a fifth of another, in floats: thousands of rows cost next to nothing."""
    sizes = [[rate.numerator / rate.denominator for rate in year if type(rate) is Fraction] or [1.0] for year in years]
    return [index for index, own in enumerate(sizes) if not min(own) or _OF_EARLIER * min(own) < max(own) + _SLACK]


def _far_above(year: Sequence[Rate], number: int) -> Fraction | None:
    """The lowest of the other quarters a rate is far below, None where it is not."""
    rate = year[number]
    earlier = [other for other in year[:number] if type(other) is Fraction]
    others = [other for place, other in enumerate(year) if place != number and type(other) is Fraction]
    if type(rate) is not Fraction:
        return None
    if len(earlier) >= 2 and _OF_EARLIER * rate < min(earlier):
        return min(earlier)
    return min(others) if len(others) == 3 and _OF_OTHERS * rate < min(others) else None


def _repeated_tasks(tasks: pd.DataFrame, departments: Sequence[str]) -> Iterator[Finding]:
    first: dict[tuple[int, str], int] = {}
    for row, owner, task in zip(*(tasks[name].tolist() for name in ("row", "department", "task")), strict=True):
        if key(task) and first.setdefault((owner, key(task)), row) != row:
            params: dict[str, object] = {"name": departments[owner], "value": task, "by": first[owner, key(task)]}
            yield Finding("T24", "tasks", row, "task", params)
