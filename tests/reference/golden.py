"""The golden case in the shape of a year (its README says how its keys map)."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from .exact import exact

GOLDEN = Path(__file__).resolve().parents[3] / "shared" / "golden" / "case-01.json"
GOLDEN_YEAR = 2024


def load_golden(path: Path = GOLDEN) -> dict[str, Any]:
    """The golden file as it stands."""
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def decimal_text(value: Fraction) -> str:
    """A terminating decimal, written out."""
    return f"{float(value):.15g}"


def golden_year(golden: dict[str, Any]) -> dict[str, Any]:
    """The golden 输入 as a year under the default settings."""
    given = golden["输入"]
    names = [department["科室"] for department in given["科室"]]
    return {
        "参数": {"年度": str(GOLDEN_YEAR)},
        "加减分标准": [],
        "科室": [dict(department) for department in given["科室"]],
        "任务台账": [golden_task(task) for task in given["任务台账"]],
        "履职测评": [ballot | {"分": [str(mark) for mark in ballot["分"]]} for ballot in given["履职测评"]],
        "加减分": [golden_entry(row) for row in given["加减分"] if row["类别"] != "考勤扣分"],
        "考勤": golden_attendance(given["加减分"], names),
        "历年结果": [golden_history(name, given["上年末位"], len(names)) for name in names],
    }


def golden_task(task: dict[str, Any]) -> dict[str, Any]:
    """A line of 任务台账: null stands for no work planned."""
    rates = ["/" if rate is None else rate for rate in task["完成率"]]
    return {"科室": task["科室"], "任务": task["任务"], "任务权重": task["系数"], "完成率": rates, "年终完成率": None}


def golden_entry(row: dict[str, Any]) -> dict[str, Any]:
    """A line of 加减分."""
    kept = {key: row[key] for key in ("科室", "类别", "事项", "级别", "分值", "日期")}
    return kept | {"同一事项编号": row["工作标识"], "认定依据": row["依据"], "计分比例": None}


def golden_attendance(rows: list[dict[str, Any]], names: list[str]) -> list[dict[str, Any]]:
    """The lines of 考勤: what was taken off for attendance, summed per 科室."""
    sums = []
    for name in names:
        own = [exact(row["分值"]) for row in rows if row["类别"] == "考勤扣分" and row["科室"] == name]
        sums.append({"科室": name, "酌情扣分": decimal_text(sum(own, Fraction(0)))})
    return sums


def golden_history(name: str, last: list[str], count: int) -> dict[str, Any]:
    """A line of 历年结果 for the year before: the last place or the first."""
    place = str(count) if name in last else "1"
    return {"年度": GOLDEN_YEAR - 1, "科室": name, "考核得分": None, "名次": place, "等次": None}
