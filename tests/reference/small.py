"""Small years to work by hand: a handful of 科室 with one task and three ballots each."""

from typing import Any

from .appraise import appraise, to_json
from .defaults import GROUPS


def small_year(rates: dict[str, list[Any]], mark: str = "80", **settings: str) -> dict[str, Any]:
    """One task and one ballot of each group per 科室."""
    ballots = [
        {"票号": group, "测评主体": group, "测评人科室": None, "被评科室": name, "分": [mark] * 5}
        for name in rates
        for group in GROUPS
    ]
    tasks = [
        {"科室": name, "任务": "任务", "任务权重": "1", "完成率": own, "年终完成率": None}
        for name, own in rates.items()
    ]
    return {
        "参数": {"年度": "2024", **settings},
        "科室": [{"科室": name, "评价系数": "1"} for name in rates],
        "任务台账": tasks,
        "履职测评": ballots,
        "加减分": [],
        "考勤": [],
        "历年结果": [],
    }


def even_year(values: list[str], **settings: str) -> dict[str, Any]:
    """科室 a, b, c … whose 考核得分 is the given one: rate and marks agree."""
    year = small_year({chr(97 + i): [exact_rate(v)] * 4 for i, v in enumerate(values)}, **settings)
    for ballot in year["履职测评"]:
        ballot["分"] = [values[ord(ballot["被评科室"]) - 97]] * 5
    return year


def exact_rate(score: str) -> str:
    """The rate that makes this quarter score."""
    return f"{float(score) / 100:.6g}"


def entry(category: str, points: str | None = None, level: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of 加减分 of the 科室 a."""
    row = {"科室": "a", "类别": category, "事项": "事", "同一事项编号": None, "级别": level, "分值": points}
    return row | {"日期": "2024-05-01", "认定依据": "文号", "计分比例": None} | more


def by_name(year: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The rows of 结果, by 科室."""
    return {row["科室"]: row for row in to_json(appraise(year), year)["结果"]}


def history(year: int, ranks: list[str | None], scores: list[str | None]) -> list[dict[str, Any]]:
    """One past year of the 科室 a, b, c …"""
    pairs = enumerate(zip(ranks, scores, strict=True))
    return [{"年度": year, "科室": chr(97 + i), "名次": r, "考核得分": s, "等次": None} for i, (r, s) in pairs]
