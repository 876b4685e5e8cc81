"""R9 and the whole: the results of one year, as exact fractions."""

from fractions import Fraction
from typing import Any

from .ballots import group_mean, review
from .defaults import GROUPS, QUARTERS, RESULT_KEYS
from .exact import round_half_up
from .followup import follow_up
from .places import printed_places, set_places_and_grades
from .points import ceiling, direction_total, judge_rows
from .quarters import IDLE, performance, quarter_figures
from .settings import read_settings, step


def appraise(year: dict[str, Any]) -> dict[str, Any]:
    """R1–R13: every figure of the year and what follows from it; a figure that cannot be computed is None."""
    settings = read_settings(year)
    names = [department["科室"] for department in year["科室"]]
    quarters = [quarter_figures(year, quarter, settings) for quarter in range(4)]
    judged = judge_rows(year, settings)
    results = []
    for name in names:
        own_quarters = [figures[name] for figures in quarters]
        results.append(department_result(year, name, own_quarters, judged, settings))
    set_places_and_grades(year, results, {name: ceiling(judged, name) for name in names}, settings)
    return {
        "年度": settings["年度"],
        "季度": {str(index + 1): quarter_list(figures, settings) for index, figures in enumerate(quarters)},
        "结果": sorted(results, key=lambda result: result["名次"] or 0),
        "结果运用": follow_up(year, results, settings),
        "加减分": [{"计分": entry["计分"], "状态": entry["状态"]} for entry in judged],
    }


def department_result(
    year: dict[str, Any],
    name: str,
    quarters: list[dict[str, Any]],
    judged: list[dict[str, Any]],
    settings: dict[str, Any],
) -> dict[str, Any]:
    """R9: the line of one 科室 in 考核结果, 名次 and 等次 still empty."""
    result: dict[str, Any] = dict.fromkeys(RESULT_KEYS)
    result["科室"] = name
    for label, figure in zip(QUARTERS, quarters, strict=True):
        result[label + "得分"] = figure["得分"]
    result["业绩评价得分"] = performance(quarters, settings)
    means = {group: group_mean(year, name, group, settings) for group in GROUPS}
    for group in GROUPS:
        result[group + "评价"] = means[group]
    result["履职评价得分"] = review(means, settings)
    for label, direction in (("加分", "加"), ("减分", "减")):
        total = direction_total(year, judged, name, direction, settings)
        result[label] = None if total is None else step(total, settings)
    if result["加分"] is not None and result["减分"] is not None:
        result["加减得分"] = result["加分"] - result["减分"]
    result["考核得分"] = annual_score(result, settings)
    return result


def annual_score(result: dict[str, Any], settings: dict[str, Any]) -> Fraction | None:
    """R9: 考核得分, always rounded; None when one of its parts is."""
    work, conduct, points = result["业绩评价得分"], result["履职评价得分"], result["加减得分"]
    if work is None or conduct is None or points is None:
        return None
    score = work * settings["业绩评价权重"] + conduct * settings["履职评价权重"] + points
    return round_half_up(score, settings["小数位数"])


def quarter_list(figures: dict[str, dict[str, Any]], settings: dict[str, Any]) -> list[dict[str, Any]]:
    """R10, R15: a quarter's list of every 科室, in order of place once all with work are scored, idle ones last."""
    working = {name: figure for name, figure in figures.items() if figure["状态"] != IDLE}
    scores = [figure["得分"] for figure in working.values()]
    ranked: dict[str, int] = {}
    if None not in scores:
        ranked = dict(zip(working, printed_places(scores, settings), strict=True))
    rows = [
        {"名次": ranked.get(name), "科室": name} | {key: figure[key] for key in ("完成率", "评价系数", "得分")}
        for name, figure in figures.items()
    ]
    return sorted(rows, key=lambda row: ranked.get(row["科室"], len(rows) + 1))


def to_json(result: dict[str, Any], year: dict[str, Any]) -> dict[str, Any]:
    """R0, R9: the same with floats: scores to 小数位数, 完成率 to 4 places, 评价系数 and 计分 as they are."""
    places = read_settings(year)["小数位数"]

    def convert(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {name: convert(inner, name) for name, inner in value.items()}
        if isinstance(value, list):
            return [convert(inner) for inner in value]
        if isinstance(value, Fraction):
            if key in ("评价系数", "计分"):
                return float(value)
            return float(round_half_up(value, 4 if key == "完成率" else places))
        return value

    converted: dict[str, Any] = convert(result)
    return converted
