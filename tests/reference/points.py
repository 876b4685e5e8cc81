"""R6–R8: bonus and penalty rows, the same-work rule, tapering, caps and ceilings."""

from fractions import Fraction
from typing import Any

from .defaults import GRADES, THIS_YEAR_ONLY
from .exact import exact, is_empty
from .settings import read_standards

COUNTED = "计分"
PENDING = "待认定"
OTHER_YEAR = "不在年度"
REPEATED = "重复"
DISABLED = "停用"
WRONG = "错误"


def find_standard(row: dict[str, Any], standards: list[dict[str, Any]]) -> dict[str, Any] | None:
    """R6, R7: the standard row of an entry; 级别 is looked at only where the 类别 has levels."""
    candidates = [standard for standard in standards if standard["类别"] == row["类别"]]
    if len(candidates) == 1 and candidates[0]["级别"] == "":
        return candidates[0]
    level = "" if is_empty(row.get("级别")) else row["级别"]
    return next((standard for standard in candidates if standard["级别"] == level), None)


def row_points(row: dict[str, Any], standard: dict[str, Any]) -> Fraction | None:
    """R6, R7: the points of one entry after 计分比例; None when its figures are missing or not allowed."""
    try:
        points = exact(standard["分值"] if standard["计分方式"] == "固定" else row.get("分值"))
        share = Fraction(1) if is_empty(row.get("计分比例")) else exact(row["计分比例"])
    except ValueError:
        return None
    if standard["计分方式"] != "固定":
        if standard["计分方式"] == "认定" and points <= 0:
            return None
        if standard["最低分"] and points < exact(standard["最低分"]):
            return None
        if standard["最高分"] and points > exact(standard["最高分"]):
            return None
    return points * share if 0 <= share <= 1 else None


def outside_year(row: dict[str, Any], settings: dict[str, Any]) -> bool:
    """R8: an entry of a 类别 bound to the year, dated in another one; an empty date is not."""
    if row["类别"] not in THIS_YEAR_ONLY or is_empty(row.get("日期")):
        return False
    return str(row["日期"])[:4] != str(settings["年度"])


def first_state(
    row: dict[str, Any], standard: dict[str, Any] | None, departments: list[str], settings: dict[str, Any]
) -> str:
    """R8: the state of an entry by itself, in the order the checks are made."""
    if row["科室"] not in departments or standard is None:
        return WRONG
    if standard["启用"] == "否":
        return DISABLED
    if is_empty(row.get("认定依据")):
        return PENDING
    if outside_year(row, settings):
        return OTHER_YEAR
    return COUNTED if row_points(row, standard) is not None else WRONG


def category_setting(category: str, key: str, standards: list[dict[str, Any]]) -> str:
    """A setting of a whole 类别: the first of its standard rows that has one says it."""
    return next((str(row[key]) for row in standards if row["类别"] == category and row[key]), "")


def apply_same_work(rows: list[dict[str, Any]], standards: list[dict[str, Any]]) -> None:
    """R6, R7: of the counted entries of one 科室 and 类别 on one work only the best keeps its state."""
    if not rows or category_setting(rows[0]["类别"], "同一工作只计一次", standards) != "是":
        return
    works: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if not is_empty(row["事项编号"]):
            works.setdefault(row["事项编号"], []).append(row)
    for group in works.values():
        best = min(group, key=lambda row: (standards.index(row["标准"]), -row["计分"], row["序号"]))
        for row in group:
            if row is not best:
                row["状态"] = REPEATED
                row["计分"] = Fraction(0)


def apply_taper(rows: list[dict[str, Any]], standards: list[dict[str, Any]]) -> None:
    """Off by default: 递减比例 over the surviving entries of one 科室 and 类别, best first; the last ratio goes on."""
    text = category_setting(rows[0]["类别"], "递减比例", standards) if rows else ""
    if not text:
        return
    ratios = [exact(part) for part in text.replace("，", ",").replace("、", ",").split(",")]
    for place, row in enumerate(sorted(rows, key=lambda row: (-row["计分"], row["序号"]))):
        row["计分"] *= ratios[min(place, len(ratios) - 1)]


def judge_rows(year: dict[str, Any], settings: dict[str, Any]) -> list[dict[str, Any]]:
    """R6–R8: per entry its standard, its state and the points it counts for, before any cap."""
    standards = read_standards(year)
    departments = [department["科室"] for department in year["科室"]]
    judged: list[dict[str, Any]] = []
    for index, row in enumerate(year.get("加减分", [])):
        found = find_standard(row, standards)
        state = first_state(row, found, departments, settings)
        points = None if state == WRONG else Fraction(0)
        if state == COUNTED and found is not None:
            points = row_points(row, found)
        entry = {"序号": index, "科室": row["科室"], "类别": row["类别"], "事项编号": row.get("同一事项编号")}
        judged.append(entry | {"标准": found, "状态": state, "计分": points})
    for department in departments:
        for category in dict.fromkeys(standard["类别"] for standard in standards):
            own = [e for e in judged if e["科室"] == department and e["类别"] == category]
            apply_same_work([e for e in own if e["状态"] == COUNTED], standards)
            apply_taper([e for e in own if e["状态"] == COUNTED], standards)
    return judged


def direction_total(
    year: dict[str, Any], judged: list[dict[str, Any]], department: str, direction: str, settings: dict[str, Any]
) -> Fraction | None:
    """R6, R7: 加分 or 减分 of a 科室 after 类别上限 and the total cap, before rounding; None when blocked."""
    standards = read_standards(year)
    directions = {standard["类别"]: standard["方向"] for standard in standards}
    total = Fraction(0)
    own = [entry for entry in judged if entry["科室"] == department]
    if any(e["状态"] == WRONG and directions.get(e["类别"], direction) == direction for e in own):
        return None
    for category in [name for name, way in directions.items() if way == direction]:
        points = sum((e["计分"] for e in own if e["类别"] == category), Fraction(0))
        cap = category_setting(category, "类别上限", standards)
        total += min(points, exact(cap)) if cap else points
    if direction == "减":
        total += attendance(year, department)
    limit = settings["加分上限" if direction == "加" else "减分上限"]
    return total if limit is None else min(total, limit)


def attendance(year: dict[str, Any], department: str) -> Fraction:
    """R7: the points taken off for attendance; an empty cell or no row takes nothing off."""
    own = [row["酌情扣分"] for row in year.get("考勤", []) if row["科室"] == department]
    points = [exact(value) for value in own if not is_empty(value)]
    if any(value < 0 for value in points):
        raise ValueError(f"酌情扣分: {department}")
    return sum(points, Fraction(0))


def ceiling(judged: list[dict[str, Any]], department: str) -> str | None:
    """Off by default: the lowest 等次封顶 among the entries of a 科室 that count for something."""
    held = [
        entry["标准"]["等次封顶"]
        for entry in judged
        if entry["科室"] == department and entry["状态"] == COUNTED and entry["计分"] > 0 and entry["标准"]["等次封顶"]
    ]
    return max(held, key=GRADES.index) if held else None
