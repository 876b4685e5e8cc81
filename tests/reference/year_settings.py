"""Random valid settings and standards for another town's year."""

from itertools import pairwise
from random import Random
from typing import Any

from .defaults import SHARES, STANDARD_KEYS, STANDARDS, WORDS

# Plain settings and the values they may take; "" leaves the default.
CHOICES = {
    "完成率上限": ["1", "1.2"],
    "季度得分上限": ["", "100", "90.5", "105"],
    "最高最低各去掉票数": ["0", "1", "2"],
    "去掉最高最低起算票数": ["1", "3", "4", "5", "6"],
    "最少票数": ["1", "2"],
    "加分上限": ["", "4", "6.5", "10"],
    "减分上限": ["", "3", "5.5", "8"],
    "小数位数": ["0", "1", "2", "3", "4"],
    "较差分数线": ["60", "65", "70", "75.5"],
    "连续末位年数": ["1", "2", "3"],
    "优先评优名次": ["1", "2", "4"],
    # No figure hangs on these.
    "公示工作日": ["1", "5"],
    "班子成员应测人数": ["1", "9"],
    "部门负责人应测人数": ["2", "30"],
    "村“一肩挑”应测人数": ["1", "12"],
    "单项认定提醒线": ["2", "0.5"],
    "评价系数提醒下限": ["0.5", "0.95"],
    "评价系数提醒上限": ["1", "1.5"],
    "出勤率提醒线": ["0.8", "1"],
}
TIE_BREAKERS = ["业绩评价得分", "履职评价得分", "加分", "减分", "加减得分", "四季度得分"]
WORD_POINTS = [["100", "80", "60", "40"], ["95", "85", "70", "50"], ["92.5", "82.5", "67.5", "0"]]
GRADE_SHARES = [["0.25", "0.6", "0.15"], ["0.2", "0.5", "0.3"], ["0.333", "0.333", "0.334"], ["0.35", "0.5", "0.15"]]


def random_settings(rng: Random) -> dict[str, str]:
    """A few overridden settings, each valid and those with weights adding up to 1."""
    settings: dict[str, str] = {}
    for name, values in CHOICES.items():
        if rng.random() < 0.3:
            settings[name] = rng.choice(values)
    for name, words in WORDS.items():
        if rng.random() < 0.3:
            settings[name] = rng.choice(words)
    for names in SHARES[:-1]:
        if rng.random() < 0.3:
            settings |= zip(names, random_shares(rng, len(names)), strict=True)
    if rng.random() < 0.4:
        settings |= zip(SHARES[-1], rng.choice(GRADE_SHARES), strict=True)
    if rng.random() < 0.3:
        names = ["优秀折算分", "良好折算分", "一般折算分", "较差折算分"]
        settings |= zip(names, rng.choice(WORD_POINTS), strict=True)
    if rng.random() < 0.4:
        settings["并列排序"] = "、".join(rng.sample(TIE_BREAKERS, rng.randint(1, 3)))
    return settings


def random_shares(rng: Random, count: int) -> list[str]:
    """So many shares above zero, to three places, that add up to 1."""
    cuts = sorted(rng.sample(range(1, 1000 if rng.random() < 0.3 else 20), count - 1))
    whole = 1000 if cuts and cuts[-1] > 19 else 20
    ends = [0, *cuts, whole]
    return [f"{(b - a) / whole:.3f}".rstrip("0").rstrip(".") for a, b in pairwise(ends)]


def random_standards(rng: Random) -> list[dict[str, Any]]:
    """Override rows: always whole 类别 when they carry a setting of the 类别, else single changed rows."""
    rows: list[dict[str, Any]] = []
    for category in dict.fromkeys(row["类别"] for row in STANDARDS):
        if rng.random() < 0.35:
            levels = [dict(row) for row in STANDARDS if row["类别"] == category]
            rows += rng.choice(VARIANTS)(rng, levels)
    if rng.random() < 0.15:
        row = dict.fromkeys(STANDARD_KEYS, "")
        row |= {
            "类别": "创新项目",
            "方向": "加",
            "级别": "",
            "计分方式": "认定",
            "同一工作只计一次": rng.choice("是否"),
        }
        rows.insert(rng.randint(0, len(rows)), row)
    return [{key: value for key, value in row.items() if value != "" or rng.random() < 0.5} for row in rows]


def other_points(rng: Random, levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One level with other points, the rest of its 类别 left to the defaults."""
    row = rng.choice(levels)
    if row["计分方式"] == "固定":
        row["分值"] = rng.choice(["1", "2.5", "4", "6"])
    elif row["计分方式"] == "区间":
        row["最低分"], row["最高分"] = rng.choice([("1", "5"), ("2", "3.5"), ("0.5", "8")])
    return [row]


def abolished(rng: Random, levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One level, or the whole 类别, switched off."""
    chosen = levels if rng.random() < 0.5 else [rng.choice(levels)]
    return [row | {"启用": "否"} for row in chosen]


def extra_level(rng: Random, levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A level more, beside all the default ones; a 类别 without levels gets tapering instead."""
    if levels[0]["级别"] == "":
        return tapered(rng, levels)
    row = levels[0] | {"级别": "省级"}
    if row["计分方式"] == "固定":
        row["分值"] = "4"
    levels.insert(rng.randint(0, len(levels)), row)
    return levels


def other_order(rng: Random, levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All the levels of a 类别 in another order, sometimes decided within a range."""
    rng.shuffle(levels)
    if rng.random() < 0.4:
        levels = [row | {"计分方式": "区间", "分值": "", "最低分": "1", "最高分": "6"} for row in levels]
    return levels


def capped(rng: Random, levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A 类别上限."""
    cap = rng.choice(["2", "3.5", "5", "6"])
    return [row | {"类别上限": cap, "启用": rng.choice(["", "是"])} for row in levels]


def tapered(rng: Random, levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A 递减比例, the same-work rule sometimes turned over, and sometimes a cap."""
    taper = rng.choice(["100%,50%,25%", "100%,0%", "100%,60%", "90%,33.3%,10%"])
    once = rng.choice("是否")
    cap = rng.choice(["", "", "4"])
    return [row | {"递减比例": taper, "同一工作只计一次": once, "类别上限": cap} for row in levels]


def ceilings(rng: Random, levels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A 等次封顶 on some levels of a 类别."""
    return [row | {"等次封顶": rng.choice(["", "良好", "一般", "较差"])} for row in levels]


VARIANTS = [other_points, abolished, extra_level, other_order, capped, tapered, ceilings]
