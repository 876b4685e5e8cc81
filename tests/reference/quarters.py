"""R1–R3: the quarter scores and 业绩评价得分."""

from fractions import Fraction
from typing import Any

from .defaults import NO_WORK
from .exact import exact, is_empty, mean
from .settings import step

IDLE = "无任务"
SCORED = "有得分"
BLOCKED = "暂无得分"


def read_rate(task: dict[str, Any], quarter: int, settings: dict[str, Any]) -> Fraction | str | None:
    """R2: the rate of a task in a quarter (0–3); NO_WORK, or None for a hole (also a rate beyond 完成率上限)."""
    if quarter == 3 and settings["第四季度取数"] == "年终完成率":
        raw = task.get("年终完成率")
    else:
        raw = task["完成率"][quarter]
    if is_empty(raw):
        return None
    if raw == NO_WORK:
        return NO_WORK
    rate = exact(raw)
    if rate < 0 or rate > settings["完成率上限"]:
        return None
    return rate


def above_zero(raw: object) -> Fraction:
    """R1: 评价系数 or 任务权重, 1 when empty; anything not above zero lies outside what this program decides."""
    number = Fraction(1) if is_empty(raw) else exact(raw)
    if number <= 0:
        raise ValueError(f"not above zero: {raw}")
    return number


def quarter_figures(year: dict[str, Any], quarter: int, settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """R1, R2: per 科室 the state of the quarter, its 完成率 and its 得分; no 科室 is scored before it is begun."""
    figures: dict[str, dict[str, Any]] = {}
    names = [department["科室"] for department in year["科室"]]
    tasks = [task for task in year["任务台账"] if task["科室"] in names]
    begun = any(isinstance(read_rate(task, quarter, settings), Fraction) for task in tasks)
    for department in year["科室"]:
        own = [task for task in tasks if task["科室"] == department["科室"]]
        coefficient = above_zero(department.get("评价系数"))
        figure: dict[str, Any] = {"状态": BLOCKED, "完成率": None, "评价系数": coefficient, "得分": None}
        figures[department["科室"]] = figure
        rates = [read_rate(task, quarter, settings) for task in own]
        if own and all(rate == NO_WORK for rate in rates):
            figure["状态"] = IDLE
        elif own and begun and None not in rates:
            figure["状态"] = SCORED
            figure["完成率"] = completion(own, rates)
            figure["得分"] = step(quarter_score(figure["完成率"], coefficient, settings), settings)
    return figures


def completion(tasks: list[dict[str, Any]], rates: list[Any]) -> Fraction:
    """R1: the weighted completion rate over the tasks that have work in the quarter."""
    pairs = [
        (above_zero(task.get("任务权重")), rate) for task, rate in zip(tasks, rates, strict=True) if rate != NO_WORK
    ]
    weighted = sum((weight * rate for weight, rate in pairs), Fraction(0))
    return weighted / sum(weight for weight, _ in pairs)


def quarter_score(rate: Fraction, coefficient: Fraction, settings: dict[str, Any]) -> Fraction:
    """R1: 100 × coefficient × completion, held at 季度得分上限 when that is set."""
    score = 100 * coefficient * rate
    cap = settings["季度得分上限"]
    return score if cap is None else min(score, cap)


def performance(quarters: list[dict[str, Any]], settings: dict[str, Any]) -> Fraction | None:
    """R3: 业绩评价得分 of one 科室 from its four quarters, or None when something is missing."""
    *first_three, fourth = quarters
    if fourth["状态"] != SCORED or any(figure["状态"] == BLOCKED for figure in first_three):
        return None
    present = [figure["得分"] for figure in first_three if figure["状态"] == SCORED]
    idle = len(present) < 3
    if not present or (idle and settings["无任务季度"] == "暂不计分"):
        return None
    return step(mean(present) * settings["前三季度权重"] + fourth["得分"] * settings["第四季度权重"], settings)
