"""Random bonus and penalty entries."""

from random import Random
from typing import Any

from .settings import read_standards

WORKS = ["项目1", "项目2", "项目3", None]


def random_entries(rng: Random, names: list[str], standards: list[dict[str, Any]], year: int) -> list[dict[str, Any]]:
    """Entries of every 科室: some plain ones, and chains of one work over levels and 类别."""
    rows = read_standards({"加减分标准": standards})
    shared = rng.random() < 0.25
    entries = []
    for name in names:
        for _ in range(rng.choice([0, 0, 1, 2, 3, 5])):
            entries.append(entry(rng, name, rng.choice(rows), year, shared))
        if rng.random() < 0.3:
            entries += chain(rng, name, rows, year, shared)
    for _ in range(rng.choice([0, 0, 0, 1])):
        entries.append(entry(rng, "档案馆", rng.choice(rows), year, shared))  # a 科室 nobody knows
    rng.shuffle(entries)
    return entries


def chain(rng: Random, name: str, rows: list[dict[str, Any]], year: int, shared: bool) -> list[dict[str, Any]]:
    """Several entries on one work: within a 类别, sometimes with another 类别 thrown in."""
    category = rng.choice(list(dict.fromkeys(row["类别"] for row in rows)))
    own = [row for row in rows if row["类别"] == category]
    picked = [rng.choice(own) for _ in range(rng.randint(2, 4))]
    if rng.random() < 0.4:
        picked.append(rng.choice(rows))
    work = rng.choice(WORKS[:3])
    entries = [entry(rng, name, row, year, shared) | {"同一事项编号": work} for row in picked]
    if rng.random() < 0.3:
        entries.append(dict(rng.choice(entries)))
    return entries


def entry(rng: Random, name: str, row: dict[str, Any], year: int, shared: bool) -> dict[str, Any]:
    """One entry under a standard row, sometimes without evidence or with a date of another year."""
    evidence = None if rng.random() < 0.08 else f"文号{rng.randint(1, 99)}"
    share = rng.choice(["0.5", "0.333", "0.667", "1", "0.25", None]) if shared else None
    points = allowed_points(rng, row)
    if evidence is None and rng.random() < 0.5:
        points = None
    return {
        "科室": name,
        "类别": row["类别"],
        "事项": f"{name}的{row['类别']}{rng.randint(1, 999)}",
        "同一事项编号": rng.choice(WORKS),
        "级别": row["级别"] or None,
        "分值": points,
        "日期": random_date(rng, year),
        "认定依据": evidence,
        "计分比例": share,
    }


def allowed_points(rng: Random, row: dict[str, str]) -> str | None:
    """分值 where the 计分方式 asks for one, often at an end of its range."""
    if row["计分方式"] == "固定":
        return None
    if row["计分方式"] == "认定":
        return rng.choice(["0.1", "0.5", "1", "1.25", "2.4", "3", "0.333"])
    low, high = float(row["最低分"]), float(row["最高分"])
    return rng.choice([row["最低分"], row["最高分"], f"{rng.uniform(low, high):.1f}", f"{rng.uniform(low, high):.2f}"])


def random_date(rng: Random, year: int) -> str | None:
    """A day of the year; sometimes none, or one just outside."""
    chance = rng.random()
    if chance < 0.05:
        return None
    if chance < 0.13:
        return rng.choice([f"{year - 1}-12-31", f"{year + 1}-01-01", f"{year - 2}-06-15"])
    return rng.choice([f"{year}-01-01", f"{year}-12-31", f"{year}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"])


def wrong_entry(rng: Random, name: str, year: int) -> dict[str, Any]:
    """An entry that blocks the 科室 under the default standards."""
    plain: dict[str, Any] = {
        "科室": name,
        "事项": "有误",
        "同一事项编号": None,
        "日期": f"{year}-05-01",
        "认定依据": "文号",
        "计分比例": None,
    }
    kinds: list[dict[str, Any]] = [
        {"类别": "节水先进", "级别": None, "分值": "2"},
        {"类别": "表彰", "级别": "校级", "分值": None},
        {"类别": "表彰", "级别": None, "分值": None},
        {"类别": "典型推广", "级别": "市级", "分值": "9"},
        {"类别": "典型推广", "级别": "县级", "分值": "0.4"},
        {"类别": "典型推广", "级别": "国家级", "分值": None},
        {"类别": "突出贡献", "级别": None, "分值": "0"},
        {"类别": "其他加分", "级别": None, "分值": None},
        {"类别": "廉政违纪", "级别": None, "分值": "-2"},
        {"类别": "重大工作失误", "级别": None, "分值": "若干"},
    ]
    return plain | rng.choice(kinds)
