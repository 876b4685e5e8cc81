"""Why a 季度得分 and a 业绩评价得分 are what they are (R1–R3; 四(一), 四(二)1)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from jixiao.exact import Exact
from jixiao.explain.arithmetic import (
    Term,
    Text,
    Written,
    figure,
    leads_to,
    limited,
    number,
    product,
    quotient,
    share,
    sum_of,
)
from jixiao.explain.record import Source, Step, above, rows_text, sentences, settings
from jixiao.policy.model import QUARTERS, Policy
from jixiao.rules.inputs import Absent
from jixiao.rules.model import Performance, Quarter, QuarterState, Result
from jixiao.rules.performance import rate_columns
from jixiao.text import Unreadable

Task = dict[str, Any]

_CLAUSE = "四(二)1"
_QUARTER_CLAUSE = "四(一)、四(二)1"
_MOST_TASKS = 100
_BLOCKS = {
    QuarterState.NOT_BEGUN: "还没有填报",
    QuarterState.BLOCKED: "有缺项或错误（见校验结果）",
}


def performance_steps(result: Result, tasks: Sequence[Task], row: int, policy: Policy) -> list[Step]:
    """The four quarters and the year; `row` is the department's on 科室."""
    steps = [
        _quarter_step(result.name, number, quarter, tasks, row, policy)
        for number, quarter in enumerate(result.performance.quarters)
    ]
    return [*steps, _year_step(result, policy)]


def missing_quarters(performance: Performance) -> list[str]:
    """What keeps 业绩评价得分 from being computed, quarter by quarter."""
    if performance.score is not None:
        return []
    quarters = list(zip(QUARTERS, performance.quarters, strict=True))
    parts = []
    for state, words in _BLOCKS.items():
        names = "、".join(name for name, quarter in quarters if quarter.state is state)
        if names:
            parts.append(f"{names}{words}")
    return parts or [f"{'、'.join(QUARTERS[number] for number in performance.idle)}没有安排任务"]


def idle_note(performance: Performance) -> str:
    """Which of the first three quarters had no work and were left out of the mean."""
    idle = "、".join(QUARTERS[number] for number in performance.idle if number < 3)
    return f"{idle}没有安排任务，按有任务的季度平均" if idle and performance.score is not None else ""


def _quarter_step(name: str, number_: int, quarter: Quarter, tasks: Sequence[Task], row: int, policy: Policy) -> Step:
    title, column = f"{QUARTERS[number_]}得分", rate_columns(policy)[number_]
    used = [task for task in tasks if type(task[column]) is Fraction]
    coefficient = Source("departments", ("coefficient",), (row,))
    if quarter.score is None or quarter.coefficient is None:
        blocked = Source("tasks", (column,), tuple(task["row"] for task in tasks)), coefficient
        return Step(name, title, None, "", blocked, _QUARTER_CLAUSE, _blocked(quarter, tasks, column))
    rows = tuple(task["row"] for task in used)
    weights, weighted = _weights(quarter, used, column)
    term = quotient(product(number(100), number(quarter.coefficient), weighted), weights)
    sources = [Source("tasks", (column,), rows), Source("tasks", ("weight",), rows), coefficient]
    if quarter.capped and policy.quarter_cap is not None:
        term = limited(term, policy.quarter_cap, "季度得分上限")
        sources.append(settings("quarter_cap"))
    formula = leads_to(term, figure(quarter.score, policy))
    return Step(name, title, quarter.score, formula, tuple(sources), _QUARTER_CLAUSE, _idle_tasks(tasks, column))


def _weights(quarter: Quarter, used: Sequence[Task], column: str) -> tuple[Term, Term]:
    """Σ任务权重 and Σ(任务权重 × 完成率), task by task; of very many tasks only the sums fit into a cell."""
    if len(used) > _MOST_TASKS and quarter.weights is not None and quarter.weighted is not None:
        return number(quarter.weights), number(quarter.weighted)
    weights = [number(task["weight"]) for task in used]
    rates = [share(task[column]) for task in used]
    return sum_of(weights), sum_of([product(*pair) for pair in zip(weights, rates, strict=True)])


def _idle_tasks(tasks: Sequence[Task], column: str) -> str:
    idle = [task["row"] for task in tasks if task[column] is Absent.SLASH]
    return f"任务台账{rows_text(idle)}没有安排任务，不参加计算" if idle else ""


def _blocked(quarter: Quarter, tasks: Sequence[Task], column: str) -> str:
    """Why a quarter has no score, and what to do."""
    if quarter.state is QuarterState.IDLE:
        return "这个季度没有安排任务，不计分"
    if quarter.state is QuarterState.NOT_BEGUN:
        return "还没有填报，填好任务台账的完成率后再计算"
    if not tasks:
        return "任务台账里没有这个科室的任务，请补填"
    planned = [task for task in tasks if task[column] is not Absent.SLASH]
    holes = [task["row"] for task in planned if task[column] is None]
    wrong = [task["row"] for task in planned if isinstance(task[column], Unreadable)]
    weights = [task["row"] for task in planned if task["weight"] is None]
    return sentences(
        [
            f"任务台账{rows_text(holes)}还没有填完成率，请补填" if holes else "",
            f"任务台账{rows_text(wrong)}完成率填写有误，请改正" if wrong else "",
            f"任务台账{rows_text(weights)}任务权重有误，请改正" if weights else "",
            "评价系数有误，请改正" if quarter.coefficient is None else "",
        ]
    )


def _year_step(result: Result, policy: Policy) -> Step:
    performance, title = result.performance, "业绩评价得分"
    quarters = [(f"{name}得分", item.score) for name, item in zip(QUARTERS, performance.quarters, strict=True)]
    early = [(name, score) for name, score in quarters[:3] if score is not None]
    name, fourth = quarters[3]
    sources = (above(*(item for item, _ in early), name), settings("first_three_weight", "fourth_weight"))
    if performance.score is None or fourth is None:
        reasons = sentences([*missing_quarters(performance), "补齐后再计算"])
        return Step(result.name, title, None, "", sources, _CLAUSE, reasons)
    shown = [figure(score, policy) for _, score in early]
    formula = year_formula(shown, figure(fourth, policy), figure(performance.score, policy), policy)
    return Step(result.name, title, performance.score, formula, sources, _CLAUSE, idle_note(performance))


def year_formula(
    early: Sequence[Written[Text, Exact]], fourth: Written[Text, Exact], score: Written[Text, Exact], policy: Policy
) -> Text:
    """业绩评价得分 from the first three quarters that have a score and the fourth, with its numbers put in (R3)."""
    mean = quotient(sum_of(early), number(len(early))) if len(early) > 1 else early[0]
    shares = share(policy.first_three_weight), share(policy.fourth_weight)
    return leads_to(sum_of([product(mean, shares[0]), product(fourth, shares[1])]), score)
