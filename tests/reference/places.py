"""R10–R12: places, seats and grades."""

from collections.abc import Sequence
from fractions import Fraction
from math import floor
from typing import Any

from .defaults import GRADES
from .exact import exact, is_empty, round_half_up


def places(keys: Sequence[Any]) -> list[int]:
    """R10: 跳号 places, the greatest key first; equal keys share one and the next are skipped."""
    return [1 + sum(other > key for other in keys) for key in keys]


def printed_places(keys: Sequence[Any], settings: dict[str, Any]) -> list[int]:
    """R10: the places as posted; under 连号 nothing is skipped."""
    if settings["并列名次"] == "连号":
        return [1 + len({other for other in keys if other > key}) for key in keys]
    return places(keys)


def ranking_key(result: dict[str, Any], settings: dict[str, Any]) -> tuple[Any, ...]:
    """R10: 考核得分, then the tie-breakers of 并列排序; 减分 is better low, a figure that is empty is worst."""
    key: list[Any] = [result["考核得分"]]
    for name in settings["并列排序"]:
        figure = result[name]
        key.append((figure is not None, 0 if figure is None else -figure if name == "减分" else figure))
    return tuple(key)


def seats(count: int, settings: dict[str, Any]) -> tuple[int, int]:
    """R11: how many places are 优秀 and how many 一般 among so many 科室."""
    shares = [count * settings[grade + "比例"] for grade in GRADES[:3]]
    if settings["名额取整"] == "四舍五入":
        whole = [int(round_half_up(share, 0)) for share in shares]
    else:
        whole = [floor(share) for share in shares]
    if settings["名额取整"] == "最大余数":
        by_remainder = sorted(range(3), key=lambda i: whole[i] - shares[i])  # stable: the better grade first
        for i in by_remainder[: count - sum(whole)]:
            whole[i] += 1
    return whole[0], whole[2]


def grade_by_place(place: int, count: int, settings: dict[str, Any]) -> str:
    """R11: the grade a 跳号 place gives; a tie across a line stands on the better side by itself."""
    excellent, fair = seats(count, settings)
    if place <= excellent:
        return "优秀"
    return "一般" if place > count - fair else "良好"


def lowest(scores: dict[str, Fraction]) -> set[str]:
    """R12: those with the lowest score, nobody when all are equal."""
    if len(set(scores.values())) < 2:
        return set()
    return {name for name, score in scores.items() if score == min(scores.values())}


def last_of_past_year(year: dict[str, Any], past: int) -> set[str] | None:
    """R12: who was last in a past year by 历年结果; None when that year's list is missing or partial."""
    rows = [row for row in year.get("历年结果", []) if int(row["年度"]) == past]
    listed = [row["科室"] for row in rows]
    if len(set(listed)) != len(listed) or any(d["科室"] not in listed for d in year["科室"]):
        return None
    if not any(is_empty(row["名次"]) for row in rows):
        return lowest({row["科室"]: -exact(row["名次"]) for row in rows})
    if any(is_empty(row["考核得分"]) for row in rows):
        return None
    return lowest({row["科室"]: exact(row["考核得分"]) for row in rows})


def last_in_a_row(year: dict[str, Any], scores: dict[str, Fraction], settings: dict[str, Any]) -> set[str]:
    """R12: who is last this year and in each of the years before that 连续末位年数 asks for."""
    found = lowest(scores)
    for back in range(1, settings["连续末位年数"]):
        before = last_of_past_year(year, settings["年度"] - back)
        if before is None:
            return set()
        found &= before
    return found


def set_places_and_grades(
    year: dict[str, Any], results: list[dict[str, Any]], ceilings: dict[str, str | None], settings: dict[str, Any]
) -> None:
    """R10–R12: 名次 and 等次 of every 科室, or of none while a 考核得分 is missing."""
    if any(result["考核得分"] is None for result in results):
        return
    keys = [ranking_key(result, settings) for result in results]
    scores = {result["科室"]: result["考核得分"] for result in results}
    last = last_in_a_row(year, scores, settings)
    posted = printed_places(keys, settings)
    for result, place, shown in zip(results, places(keys), posted, strict=True):
        grade = grade_by_place(place, len(results), settings)
        held = ceilings[result["科室"]]
        if held is not None:
            grade = max(grade, held, key=GRADES.index)
        if result["考核得分"] < settings["较差分数线"] or result["科室"] in last:
            grade = "较差"
        result["名次"] = shown
        result["等次"] = grade
