"""A year of logical values (see `tests.reference`) as the frames the rules take, past the sheets."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pandas as pd

from jixiao import text
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.policy.resolve import resolve
from jixiao.rules.inputs import Absent, Inputs
from jixiao.text import Unreadable, key, number

Year = Mapping[str, Any]
FLAGS = ("touched", "unreadable", "stranger")
WORDS = {"优秀": "优秀", "优": "优秀", "A": "优秀", "良好": "良好", "良": "良好", "B": "良好"} | {
    "一般": "一般",
    "中": "一般",
    "C": "一般",
    "较差": "较差",
    "差": "较差",
    "D": "较差",
}
STANDARD_KEYS = {
    "类别": "category",
    "方向": "direction",
    "级别": "level",
    "计分方式": "method",
    "分值": "points",
    "最低分": "minimum",
    "最高分": "maximum",
    "同一工作只计一次": "once",
    "类别上限": "category_cap",
    "递减比例": "taper",
    "等次封顶": "grade_ceiling",
    "启用": "enabled",
}


def policy_of(year: Year) -> Policy:
    settings = [(row, {"name": name, "value": value}) for row, (name, value) in enumerate(year["参数"].items())]
    standards = [
        (row, {STANDARD_KEYS[name]: value for name, value in item.items() if name in STANDARD_KEYS})
        for row, item in enumerate(year.get("加减分标准", ()))
    ]
    resolved = resolve(settings, standards)
    assert resolved.policy is not None, [finding.problem for finding in resolved.findings]
    return resolved.policy


def inputs_of(year: Year, policy: Policy) -> Inputs:
    names = [item["科室"] for item in year["科室"]]
    place = {name: position for position, name in enumerate(names)}
    return Inputs(
        departments=_frame(
            [
                {
                    "row": row,
                    "name": item["科室"],
                    "coefficient": _number(item.get("评价系数"), 1),
                    "heads": text.names(item.get("负责人") or ""),
                    "leaders": text.names(item.get("分管领导") or ""),
                }
                for row, item in enumerate(year["科室"])
            ],
            ["row", "name", "coefficient", "heads", "leaders"],
        ),
        tasks=_frame(
            [
                {
                    "row": row,
                    "department": place[item["科室"]],
                    "weight": _number(item.get("任务权重"), 1),
                    **{f"rate_{q + 1}": _rate(rate, policy) for q, rate in enumerate(item["完成率"])},
                    "rate_year": _rate(item.get("年终完成率"), policy),
                    "task": item.get("任务") or "",
                    "origin": item.get("任务来源") or "",
                    "focus": item.get("重点领域") or "",
                }
                for row, item in enumerate(year["任务台账"])
                if item["科室"] in place
            ],
            [
                "row",
                "department",
                "weight",
                "rate_1",
                "rate_2",
                "rate_3",
                "rate_4",
                "rate_year",
                "task",
                "origin",
                "focus",
            ],
        ),
        ballots=ballots_of(year["履职测评"], place, policy),
        points=_frame(
            [
                {
                    "row": row,
                    "department": place[item["科室"]],
                    "category": item["类别"],
                    "matter_text": item.get("事项") or "",
                    "matter": item.get("同一事项编号") or "",
                    "level": item.get("级别") or "",
                    "evidence": item.get("认定依据") or "",
                    "issuer": item.get("发文单位") or "",
                    "points": _number(item.get("分值")),
                    "share": _number(item.get("计分比例")),
                    "unusable": False,
                    "decision": item.get("党委会研究") or "",
                    "date": date.fromisoformat(item["日期"]) if item.get("日期") else None,
                }
                for row, item in enumerate(year["加减分"])
                if item["科室"] in place
            ],
            [
                "row",
                "department",
                "category",
                "matter_text",
                "matter",
                "level",
                "evidence",
                "issuer",
                "points",
                "share",
                "date",
                "decision",
                "unusable",
            ],
        ),
        attendance=_frame(
            [
                {
                    "row": row,
                    "department": place[item["科室"]],
                    "deduction": _number(item.get("酌情扣分")),
                    "due": _number(item.get("应出勤天数")),
                    "present": _number(item.get("实出勤天数")),
                    "note": item.get("扣分说明") or "",
                }
                for row, item in enumerate(year.get("考勤", ()))
                if item["科室"] in place
            ],
            ["row", "department", "deduction", "due", "present", "note"],
        ),
        history=_frame(
            [
                {
                    "row": row,
                    "year": int(item["年度"]),
                    "department": place.get(item["科室"], -1),
                    "score": _number(item.get("考核得分")),
                    "place": _number(item.get("名次")),
                }
                for row, item in enumerate(year.get("历年结果", ()))
            ],
            ["row", "year", "department", "score", "place"],
        ),
    )


def ballots_of(ballots: Sequence[Year], place: Mapping[str, int], policy: Policy) -> pd.DataFrame:
    rows = []
    for row, item in enumerate(ballots):
        if item["被评科室"] not in place:
            continue
        marks = [_mark(mark, policy) for mark in item["分"]]
        rows.append(
            {
                "row": row,
                "ballot": str(item["票号"]),
                "group": [key(group) for group in RATER_GROUPS].index(key(item["测评主体"])),
                "rater": place.get(item.get("测评人科室") or "", -1),
                "department": place[item["被评科室"]],
                **{f"mark_{d + 1}": mark for d, mark in enumerate(marks)},
                "touched": any(mark is not None for mark in item["分"]),
                "unreadable": False,
                "stranger": False,
            }
        )
    columns = ["row", "ballot", "group", "rater", "department", *(f"mark_{d}" for d in range(1, 6))]
    return pd.DataFrame(rows, columns=[*columns, *FLAGS]).astype(dict.fromkeys(FLAGS, bool))


def _frame(rows: list[dict[str, Any]], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series([row[column] for row in rows], dtype=_dtype(column)) for column in columns})


def _dtype(column: str) -> Any:
    return "int64" if column in {"row", "department", "year"} else object


def _number(value: Any, default: int | None = None) -> Any:
    if value is None or value == "":
        return None if default is None else Fraction(default)
    return Unreadable(value) if number(str(value)) is None else number(str(value))


def _rate(value: Any, policy: Policy) -> Any:
    if value == "/":
        return Absent.SLASH
    rate = _number(value)
    return rate if rate is None or policy.rate_cap is None or rate <= policy.rate_cap else Unreadable(value)


def _mark(value: Any, policy: Policy) -> float | None:
    if value is None or value == "弃权":
        return None
    if value in WORDS:
        return float(policy.word_marks[WORDS[value]])  # type: ignore[index]
    return float(value)
