"""Random years to compare two programs with: `random_year`, the same for the same seed."""

from copy import deepcopy
from random import Random
from typing import Any

from .defaults import GROUPS
from .year_ballots import copied_ballots, random_ballots
from .year_points import random_entries, wrong_entry
from .year_settings import random_settings, random_standards

Year = dict[str, Any]

NAMES = [
    "综合办",
    "党建办",
    "民政办",
    "卫计办",
    "安监办",
    "企业办",
    "城建办",
    "农业办",
    "综治办",
    "财政所",
    "退役军人服务站",
    "纪委监委",
    "文化站",
    "水利站",
]
WEIGHTS = ["1", "1", "1", "0.5", "2", "1.5", "0.9", "1.2", "0.333", "0.667"]
COEFFICIENTS = ["1", "1", "1.05", "0.95", "1.1", "0.9", "1.02", "0.98", "1.005"]


def random_year(rng: Random, settings: bool = False) -> Year:
    """A year of 3–14 科室; with settings=True other towns' 参数 and 加减分标准 too. Most can be ranked."""
    chosen = random_settings(rng) if settings else {}
    number = rng.choice([2024, 2024, 2024, 2025])
    chosen["年度"] = str(number)
    names = rng.sample(NAMES, rng.randint(3, len(NAMES))) if rng.random() < 0.7 else NAMES[:12]
    standards = random_standards(rng) if settings and rng.random() < 0.7 else []
    surely_valid = min(int(chosen.get("最少票数", "1")), len(names) - 1)
    year: Year = {
        "参数": chosen,
        "加减分标准": standards,
        "科室": [department(rng, name) for name in names],
        "任务台账": [],
        "履职测评": random_ballots(rng, names, surely_valid),
        "加减分": random_entries(rng, names, standards, number),
        "考勤": random_attendance(rng, names),
        "历年结果": [],
    }
    weak = rng.choice(names)
    for name in names:
        year["任务台账"] += random_tasks(rng, name, name == weak and rng.random() < 0.8, chosen)
    add_ties(rng, year, names)
    if rng.random() < 0.04:
        idle_quarter(rng, year, names)
    if rng.random() < 0.25:
        for _ in range(rng.choice([1, 1, 2])):
            rng.choice(TROUBLES)(rng, year, rng.choice(names))
    year["历年结果"] = random_history(rng, names, weak, number)
    return year


def department(rng: Random, name: str) -> dict[str, Any]:
    """One row of 科室."""
    head = rng.choice([f"{name}负责人", f"{name}甲、{name}乙", "空缺", "身兼二职", "赵"])
    leaders = rng.choice(["赵", "钱", "孙", "李", "孙、李"])
    return {"科室": name, "评价系数": rng.choice(COEFFICIENTS), "负责人": head, "分管领导": leaders}


def random_rate(rng: Random, level: float, limit: float) -> str:
    """A rate to 0–4 places, at most the limit; a weak 科室 has low ones."""
    if rng.random() < 0.12:
        return rng.choice(["1", "0", "0.5", f"{limit:g}"]) if level > 0.6 else "0.5"
    value = min(limit, max(0.0, level + rng.uniform(-0.2, 0.2)))
    return f"{value:.{rng.choice([1, 2, 2, 3, 4])}f}"


def random_tasks(rng: Random, name: str, weak: bool, settings: dict[str, str]) -> list[dict[str, Any]]:
    """The tasks of one 科室, complete, sometimes without any work in one of the first three quarters."""
    limit = float(settings.get("完成率上限", "1"))
    level = rng.uniform(0.3, 0.6) if weak else rng.uniform(0.75, 1.0)
    weights = [rng.choice(WEIGHTS) for _ in range(rng.randint(1, 7))]
    if rng.random() < 0.15:
        weights = ["0.333", "0.333", "0.334"]
    strict = settings.get("无任务季度") == "暂不计分"
    idle = rng.randrange(3) if rng.random() < (0.01 if strict else 0.1) else None
    year_end = settings.get("第四季度取数") == "年终完成率" or rng.random() < 0.2
    tasks = []
    for index, weight in enumerate(weights):
        rates = [random_rate(rng, level, limit) if index == 0 or rng.random() > 0.12 else "/" for _ in range(4)]
        if idle is not None:
            rates[idle] = "/"
        last = random_rate(rng, level, limit) if year_end else None
        task = {"科室": name, "任务": f"{name}任务{index + 1}", "任务权重": weight, "完成率": rates, "年终完成率": last}
        tasks.append(task)
    return tasks


def random_attendance(rng: Random, names: list[str]) -> list[dict[str, Any]]:
    """Rows of 考勤 for some 科室; an empty cell takes nothing off."""
    chosen = [name for name in names if rng.random() < 0.7]
    return [{"科室": name, "酌情扣分": rng.choice([None, "0", "0.5", "1.4", "2", "0.125"])} for name in chosen]


def add_ties(rng: Random, year: Year, names: list[str]) -> None:
    """Copies of a 科室's data, sometimes with a bonus and an equal penalty on top; rarely everybody is a copy."""
    if rng.random() < 0.03:
        for name in names[1:]:
            copy_department(year, names[0], name)
        return
    for _ in range(rng.choice([0, 0, 1, 1, 2, 4])):
        source, target = rng.sample(names, 2)
        copy_department(year, source, target)
        if rng.random() < 0.4:
            for category in ("突出贡献", "重大工作失误"):
                year["加减分"].append(plain_entry(target, category, "1.1"))


def copy_department(year: Year, source: str, target: str) -> None:
    """Give one 科室 the coefficient, tasks, ballots, points and attendance of another."""
    coefficient = next(d["评价系数"] for d in year["科室"] if d["科室"] == source)
    for row in year["科室"]:
        if row["科室"] == target:
            row["评价系数"] = coefficient
    for sheet in ("任务台账", "加减分", "考勤"):
        kept = [row for row in year[sheet] if row["科室"] != target]
        year[sheet] = kept + [deepcopy(row) | {"科室": target} for row in kept if row["科室"] == source]
    year["履职测评"] = copied_ballots(year["履职测评"], source, target)


def plain_entry(name: str, category: str, points: str) -> dict[str, Any]:
    """An entry of a 类别 without levels, as decided."""
    entry: dict[str, Any] = {"科室": name, "类别": category, "事项": f"{name}{category}补", "同一事项编号": None}
    return entry | {"级别": None, "分值": points, "日期": None, "认定依据": "文号补", "计分比例": None}


def idle_quarter(rng: Random, year: Year, names: list[str]) -> None:
    """One of the first three quarters in which nobody has any work."""
    quarter = rng.randrange(3)
    for task in year["任务台账"]:
        task["完成率"][quarter] = "/"


def leave_holes(rng: Random, year: Year, name: str) -> None:
    """Trouble: rates of a 科室 that are not filled in, or one beyond the limit."""
    own = [task for task in year["任务台账"] if task["科室"] == name]
    for _ in range(rng.randint(1, 2)):
        if own:
            set_rate(year, rng.choice(own), rng.randrange(4), rng.choice([None, None, "1.5"]))


def stop_early(rng: Random, year: Year, name: str) -> None:
    """Trouble: quarters nobody has begun, from some quarter on or just one."""
    first = rng.randrange(4)
    for quarter in range(first, rng.choice([first + 1, 4])):
        for task in year["任务台账"]:
            raw = task["年终完成率"] if quarter == 3 and year_end_counts(year) else task["完成率"][quarter]
            if raw != "/":
                set_rate(year, task, quarter, None)


def no_work(rng: Random, year: Year, name: str) -> None:
    """Trouble: a 科室 without work in the fourth quarter."""
    for task in [task for task in year["任务台账"] if task["科室"] == name]:
        set_rate(year, task, 3, "/")


def idle_three(rng: Random, year: Year, name: str) -> None:
    """Trouble: a 科室 without work in all of the first three quarters."""
    for task in [task for task in year["任务台账"] if task["科室"] == name]:
        for quarter in range(3):
            set_rate(year, task, quarter, "/")


def no_tasks(rng: Random, year: Year, name: str) -> None:
    """Trouble: a 科室 without any task."""
    year["任务台账"] = [task for task in year["任务台账"] if task["科室"] != name]


def no_group(rng: Random, year: Year, name: str) -> None:
    """Trouble: a group that gave a 科室 no valid ballot: none at all, or only partly filled in ones."""
    groups = rng.sample(GROUPS, rng.choice([1, 1, 1, 2, 3]))
    hit = [b for b in year["履职测评"] if b["被评科室"] == name and b["测评主体"] in groups]
    if rng.random() < 0.5:
        year["履职测评"] = [b for b in year["履职测评"] if b not in hit]
    for ballot in hit:
        ballot["分"] = [None, *ballot["分"][1:4], "80"]


def bad_entry(rng: Random, year: Year, name: str) -> None:
    """Trouble: an entry of 加减分 that cannot be scored."""
    year["加减分"].insert(0, wrong_entry(rng, name, int(year["参数"]["年度"])))


TROUBLES = [leave_holes, stop_early, no_work, idle_three, no_tasks, no_group, no_group, bad_entry, bad_entry]


def year_end_counts(year: Year) -> bool:
    """Whether the fourth quarter is read from 年终完成率."""
    return bool(year["参数"].get("第四季度取数") == "年终完成率")


def set_rate(year: Year, task: dict[str, Any], quarter: int, rate: str | None) -> None:
    """Put a rate where the settings read it."""
    if quarter == 3 and year_end_counts(year):
        task["年终完成率"] = rate
    else:
        task["完成率"][quarter] = rate


def random_history(rng: Random, names: list[str], weak: str, number: int) -> list[dict[str, Any]]:
    """Rows of 历年结果: often with the weak 科室 last again, sometimes tied, partial or without places."""
    rows = []
    for back in (1, 2, 3):
        if rng.random() < (0.1 if back == 1 else 0.35):
            continue
        last = weak if rng.random() < 0.65 else rng.choice(names)
        order = [name for name in rng.sample(names, len(names)) if name != last] + [last]
        rows += past_year(rng, order, number - back)
    rng.shuffle(rows)
    return rows


def past_year(rng: Random, order: list[str], number: int) -> list[dict[str, Any]]:
    """One past year, best first, with or without 名次 or 考核得分."""
    kind = rng.choice(["full", "full", "full", "places", "scores", "tied", "equal", "partial", "gap"])
    rows: list[dict[str, Any]] = []
    for index, name in enumerate(order):
        row = {
            "年度": number,
            "科室": name,
            "考核得分": f"{95 - 2.25 * index:.2f}",
            "名次": str(index + 1),
            "等次": "良好",
        }
        rows.append(row)
    if kind == "tied":
        for key in ("考核得分", "名次"):
            rows[-1][key] = rows[-2][key]
    for row in rows:
        if kind == "equal":
            row |= {"考核得分": "80", "名次": "1"}
        if kind == "places":
            row["考核得分"] = None
        if kind == "scores":
            row["名次"] = None
    if kind == "gap":
        rows[0]["名次"] = None
        rows[-1]["考核得分"] = rng.choice([None, rows[-1]["考核得分"]])
    if kind == "partial":
        rows.pop(rng.randrange(len(rows)))
    return rows
